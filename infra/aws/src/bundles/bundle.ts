import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FunctionManifest, ServiceManifest } from '@team/runtime';
import { build, type Plugin } from 'esbuild';
import * as z from 'zod';
import { bundleWeb } from './bundle-web.ts';
import { documentAsPublished } from './published-document.ts';

/** A Lambda function as its service's manifest names it. */
export interface FunctionName {
  readonly service: string;
  readonly name: string;
  /** Folder of the service with a web application that the function serves. */
  readonly web?: string;
}

/** A file that a bundle holds something of, by its path in the repository, and how much of it is left (bytes). */
export interface BundledInput {
  readonly path: string;
  readonly bytes: number;
}

/** One entry with all that it imports, as a folder with `index.mjs`. */
export interface BundledEntry {
  readonly folder: string;
  /** Size of `index.mjs`, not compressed (bytes). */
  readonly bytes: number;
  /** What it is made of, the largest first. */
  readonly inputs: readonly BundledInput[];
  /** Modules that it imports and does not hold: Node.js's own. */
  readonly externals: readonly string[];
}

/** What Lambda gets of one function; its handler is `index.handler`. */
export interface Bundle extends FunctionName, BundledEntry {}

/** What Lambda makes needless, and what stands for it. */
const onLambda = {
  '@aws-sdk/credential-provider-node': './infra/aws/src/bundles/lambda-credentials.ts',
  // Its build for Node.js is CommonJS, which can neither be shaken nor ask for modules in an ES module; the other one is the same code.
  yaml: './node_modules/yaml/browser/dist/index.js',
};

/** A client of the SDK imports its whole `package.json` to tell AWS its version; the rest of the file stays out. */
const versionsAlone: Plugin = {
  name: 'versions alone',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@aws-sdk[\\/]client-[a-z0-9-]+[\\/]package\.json$/ }, async ({ path: file }) => ({
      contents: JSON.stringify(z.object({ version: z.string() }).parse(JSON.parse(await readFile(file, 'utf8')))),
      loader: 'json',
    })),
};

/**
 * Schemas of a client's operations have keys that are computed of constants (`[_h]`), which esbuild keeps in case that computing does something:
 * all operations of a client then, and all that they refer to. With the constants written out only what is called stays.
 */
const knownKeys: Plugin = {
  name: 'known keys',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@aws-sdk[\\/]client-[a-z0-9-]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const constants = new Map([...text.matchAll(/^const (\w+) = ("[^"\n]*");$/gm)].map(([, name = '', value = '']) => [name, value]));
      return { contents: text.replaceAll(/\[(\w+)\]:/g, (key, name: string) => (constants.has(name) ? `${constants.get(name)}:` : key)) };
    }),
};

/** Nothing on Lambda turns a schema into JSON Schema, or back. What would is as large as the schemas themselves. */
const noJsonSchema: Plugin = {
  name: 'no JSON Schema',
  setup: ({ onLoad }) =>
    onLoad({ filter: /zod[\\/]v4[\\/](core[\\/]to-json-schema|core[\\/]json-schema-processors|classic[\\/]from-json-schema)\.js$/ }, async ({ path: file }) => {
      const names = [...(await readFile(file, 'utf8')).matchAll(/^export (?:const|function) (\w+)|^export \{ \w+ as (\w+) \}/gm)].map(([, name, other]) => name ?? other ?? '');
      return { contents: `const nothing = () => undefined;\nexport { ${names.map((name) => `nothing as ${name}`).join(', ')} };\n` };
    }),
};

/** What is not understood is said in English; whoever takes zod as a whole, as the portal's routes do, would bring fifty languages. */
const englishAlone: Plugin = {
  name: 'English alone',
  setup: ({ onLoad }) => onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: "export { default as en } from './en.js';" })),
};

/** Where the repository is; bundles are the same wherever that is. */
const root = path.resolve(import.meta.dirname, '../../../..');

/** Where the Lambda entry of a function is, by its path in the repository: the portal's stand in its API's folder. */
export const entryOf = ({ service, name }: FunctionName): string => {
  const [own, ofApi] = [`services/${service}/src/lambda/${name}.ts`, `services/${service}/api/src/lambda/${name}.ts`];
  return existsSync(path.join(root, ofApi)) ? ofApi : own;
};

/** Every function of these services, in the order of their manifests. */
export function functionsOf(manifests: readonly ServiceManifest[]): FunctionName[] {
  return manifests.flatMap(({ name: service, functions }) =>
    Object.entries<FunctionManifest>(functions).map(([name, { web }]) => ({ service, name, ...(web === undefined ? {} : { web: `services/${service}/${web}` }) })),
  );
}

/**
 * Bundles functions into `outFolder`, each into the folder `<service>-<function>`: one minified ES module for Node.js 24 on either
 * architecture, with everything that it imports but Node.js's own modules. The same sources give the same bytes. Rejects with
 * esbuild's error, which names file and line, where a source is missing or cannot be read.
 *
 * @example await bundleAll(functionsOf([expiryManifest]), 'cdk.out/bundles') // cdk.out/bundles/expiry-inbox/index.mjs, …
 */
export async function bundleAll(functions: readonly FunctionName[], outFolder: string): Promise<Bundle[]> {
  const folders = functions.map(({ service, name }) => `${service}-${name}`);
  const [made] = await Promise.all([
    bundleEntries(functions.map(entryOf), folders, outFolder, onLambda),
    ...functions.flatMap(({ web }, n) => (web === undefined ? [] : [bundleWeb(path.resolve(root, web), path.resolve(outFolder, given(folders[n]), 'files'))])),
  ]);
  return functions.map(({ service, name }, n) => ({ service, name, ...given(made[n]) }));
}

/** Bundles one function as `bundleAll` does, to the same bytes. */
export async function bundleFunction({ service, name, outFolder }: FunctionName & { readonly outFolder: string }): Promise<Bundle> {
  return given((await bundleAll([{ service, name }], outFolder))[0]);
}

/**
 * Bundles source files, by their paths in the repository, as Lambda functions are: each into the folder of `outFolder` that stands at its place.
 * `instead` names files of the repository that are taken for packages.
 */
export async function bundleEntries(
  entries: readonly string[],
  folders: readonly string[],
  outFolder: string,
  instead: Readonly<Record<string, string>> = {},
): Promise<BundledEntry[]> {
  // One build for all: it reads each source once, and takes a third of the time of a build for each.
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.map((entry, n) => ({ in: entry, out: `${given(folders[n])}/index` })),
    outdir: 'bundles',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    alias: { ...instead },
    plugins: [versionsAlone, knownKeys, noJsonSchema, englishAlone, documentAsPublished],
    // ES modules can be shaken; the CommonJS twin of a package cannot.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    tsconfigRaw: {},
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const contents = new Map(outputFiles.map((file) => [path.relative(root, file.path).replaceAll(path.sep, '/'), file.contents]));
  return Promise.all(
    folders.map(async (name) => {
      const output = `bundles/${name}/index.mjs`;
      const code = given(contents.get(output));
      const { inputs, imports } = given(metafile.outputs[output]);
      const folder = path.resolve(outFolder, name);
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, 'index.mjs'), code);
      return {
        folder,
        bytes: code.byteLength,
        inputs: Object.entries(inputs).map(([input, { bytesInOutput }]) => ({ path: input, bytes: bytesInOutput })).toSorted((a, b) => b.bytes - a.bytes),
        externals: imports.filter(({ external }) => external).map((imported) => imported.path),
      };
    }),
  );
}

/** What must be there, since esbuild gives an output for each entry or rejects. */
function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('esbuild gave no output for an entry');
  return value;
}
