import { packageFiles } from './package-files.ts';
import type { Rule, SourceFile } from './rule.ts';

const PARTS = ['manifest.ts', 'domain/', 'application/', 'adapters/', 'compose.ts', 'lambda/'];
const SECTIONS = ['owns', 'consumes', 'publishes', 'failure modes'];
/** A composition that grows too long for one file is told in parts: `compose-policies.ts`. */
const COMPOSITION_PART = /^compose-[a-z-]+\.ts$/;
const LONGEST_LAMBDA = 30;

/** The portal is a door for people, not an aggregate: it consists of an API, a web application and a CLI. */
const DOORS = new Map([['portal', ['api/', 'web/', 'cli/']]]);

export const serviceAnatomy: Rule = {
  name: 'service-anatomy',
  why: 'A reader who knows one service knows all.',
  find: (files) => {
    const services = [...new Set(files.flatMap(({ path }) => /^services\/([^/]+)\//.exec(path)?.[1] ?? []))];
    return services.flatMap((service) => {
      const folder = `services/${service}/`;
      const inside = files.filter(({ path }) => path.startsWith(folder)).map((file) => ({ ...file, path: file.path.slice(folder.length) }));
      const shape = DOORS.has(service) ? doorShape(inside, DOORS.get(service) ?? []) : coreShape(inside);
      return [...identity(files, service, inside), ...shape].map((finding) => folder + finding);
    });
  },
};

function identity(files: readonly SourceFile[], service: string, inside: readonly SourceFile[]): string[] {
  const name = packageFiles(files).find(({ path }) => path === `services/${service}/package.json`)?.name;
  const readme = inside.find(({ path }) => path === 'README.md');
  return [
    ...(name === `@team/${service}` ? [] : [`package.json: must be named @team/${service}`]),
    ...(readme ? [] : ['README.md: missing']),
  ];
}

function doorShape(inside: readonly SourceFile[], doors: readonly string[]): string[] {
  return doors.some((door) => inside.some(({ path }) => path.startsWith(door))) ? [] : [`: has none of ${doors.join(' ')}`];
}

function coreShape(inside: readonly SourceFile[]): string[] {
  const sources = inside.filter(({ path }) => path.startsWith('src/')).map((file) => ({ ...file, path: file.path.slice('src/'.length) }));
  const production = sources.filter(({ path }) => !path.endsWith('.test.ts'));
  const belongsTo = (part: string, path: string): boolean => (part.endsWith('/') ? path.startsWith(part) : path === part);
  return [
    ...PARTS.filter((part) => !production.some(({ path }) => belongsTo(part, path))).map((part) => `src/${part}: missing`),
    ...production
      .filter(({ path }) => !COMPOSITION_PART.test(path) && !PARTS.some((part) => belongsTo(part, path)))
      .map(({ path }) => `src/${path}: is no part of the anatomy`),
    ...production
      .filter(({ path, text }) => path.startsWith('lambda/') && text.split('\n').length > LONGEST_LAMBDA)
      .map(({ path }) => `src/${path}: an entry is under ${LONGEST_LAMBDA} lines`),
    ...missingSections(inside.find(({ path }) => path === 'README.md')?.text),
  ];
}

/** A section is a heading, or a bold word at the start of a table row or paragraph. */
function missingSections(readme: string | undefined): string[] {
  if (readme === undefined) return [];
  const sections = (readme.match(/^(#+ .*|(\| *)?\*\*[^*]+\*\*)/gm) ?? []).join('\n').toLowerCase();
  return SECTIONS.filter((section) => !sections.includes(section)).map((section) => `README.md: no section "${section}"`);
}
