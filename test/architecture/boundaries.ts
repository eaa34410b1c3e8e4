import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser';

/** The files that `from` matches may import what one of `may` matches, and nothing else. `$1` is the service's folder. */
interface Row {
  readonly name: string;
  readonly why: string;
  readonly from: string;
  readonly may: readonly string[];
  /** Whether the row governs tests too; otherwise they may import what they test with. */
  readonly tests?: boolean;
}

/** Tests, and what stands in a package's test folder to serve them. */
const tests = '([.](unit|int|journey|browser|type)[.]test[.]ts$|^(services|shared|infra)/[^/]+/test/)';
const contracts = '^contracts/src/';
const shared = '^shared/(?!testing/)';
/** What the trail is made of and how it is verified, for the service that keeps it and for who has an archive of it: as pure as a domain. */
const trail = '^shared/trail/src/';
const sdk = 'node_modules/(@aws-sdk|@smithy|@types/aws-lambda)/';
const packages = 'node_modules/';
/** The portal's stand in its API's folders, those of the read model and of sessions beside what uses them. */
const ports = '^services/$1/(api/)?src/(application/(ports([.]ts$|/)|read-model[.]ts$)|sign-in/sessions[.]ts$)';
/** What the portal's API shares with its web application and its command: what the API promises, how events are told, how policies are planned. */
const promised = '^services/$1/(api/src/contract|story/src|policies/src)/';

/** Node.js's own modules, which have no path, stand in the table like everything else. */
const node = 'node:';

/** Who may import what. */
const table: readonly Row[] = [
  {
    name: 'domain-imports-itself',
    why: 'The domain is pure: it imports its own folder and the trail, which is as pure; no package, no contract, no Node.js module.',
    from: '^services/([^/]+)/src/domain/',
    may: ['^services/$1/src/domain/', trail],
  },
  {
    name: 'portal-tells-by-events',
    why: 'What the portal tells of a request is told by its events alone: its domain reads their contracts, with the fold that the command has, and gives what its ports promise.',
    from: '^services/(portal)/api/src/domain/',
    may: ['^services/$1/api/src/domain/', ports, promised, contracts],
  },
  {
    name: 'application-imports-domain-contracts-ports',
    why: 'A use case knows its domain, the trail, the contracts and its ports; the technology behind a port is an adapter.',
    from: '^services/([^/]+)/src/application/',
    may: ['^services/$1/src/(application|domain)/', trail, contracts],
  },
  {
    name: 'portal-answers-by-promise',
    why: 'A use case of the portal keeps to that, and to what the API promises; it reads policies as people write them with the package that everybody reads them with, and refuses as the runtime does.',
    from: '^services/(portal)/api/src/application/',
    may: ['^services/$1/api/src/(application|domain)/', promised, contracts, '^shared/(policies|directory|runtime)/src/', 'node_modules/zod/'],
  },
  {
    name: 'adapters-implement-ports',
    why: 'An adapter implements application/ports.ts (or ports/) with the AWS SDK and the shared packages, and reads what comes from outside with zod; it calls no use case.',
    from: '^services/([^/]+)/(?:api/)?src/adapters/',
    may: ['^services/$1/(api/)?src/(adapters|domain)/', promised, ports, contracts, shared, sdk, node, 'node_modules/zod/'],
  },
  {
    name: 'manifest-is-data',
    why: 'A manifest is read by both composition roots and must not pull in what it describes.',
    from: '^services/([^/]+)/(?:api/)?src/manifest[.]ts$',
    may: [contracts, shared],
  },
  {
    name: 'compose-and-lambda-use-own-service',
    why: 'A composition knows all of its own service, the shared packages, the SDK clients it hands on, and what the portal answers HTTP and verifies tokens with.',
    from: '^services/([^/]+)/(?:api/)?src/(compose[a-z-]*[.]ts$|lambda/)',
    may: ['^services/$1/(api/)?src/', promised, contracts, shared, sdk, node, 'node_modules/(hono|jose|zod)/'],
  },
  {
    name: 'doors-use-own-service',
    why: 'What stands beside src (the portal: api, web, cli) knows its own service, the contracts and the shared packages.',
    from: '^services/([^/]+)/(?!src/)',
    may: ['^services/$1/', contracts, shared, packages, node],
  },
  {
    name: 'web-knows-the-contract-alone',
    why: 'What runs in a browser knows of its service what the API promises, as types, and nothing of what runs on the server.',
    from: '^services/([^/]+)/web/src/',
    may: ['^services/$1/web/src/', '^services/$1/api/src/contract/', packages],
  },
  {
    name: 'contracts-import-zod',
    why: 'Everybody depends on the contracts, so they depend on zod alone.',
    from: '^contracts/src/',
    may: [contracts, 'node_modules/zod/'],
  },
  {
    name: 'contract-tools-import-contracts',
    why: 'The generators know the contracts and packages, nothing that uses the contracts.',
    from: '^contracts/(?!src/)',
    may: ['^contracts/', packages, node],
  },
  {
    name: 'trail-is-pure',
    why: 'Whoever verifies an archive reads all that it takes in one folder: it imports nothing else.',
    from: trail,
    may: [trail],
  },
  {
    name: 'shared-imports-contracts-and-packages',
    why: 'Shared packages serve every service and know none.',
    from: '^shared/(?!testing/)',
    may: [contracts, shared, packages, node],
  },
  {
    name: 'testing-imports-shared',
    why: 'The testing package serves the tests of every service and knows none.',
    from: '^shared/testing/',
    may: [contracts, '^shared/', packages, node],
  },
  {
    name: 'infra-aws-imports-manifests',
    why: 'The CDK app reads manifests; it names Lambda entries by path and imports no service code.',
    from: '^infra/aws/',
    may: ['^infra/aws/', '^services/[^/]+/(api/)?src/manifest[.]ts$', contracts, shared, packages, node],
    tests: true,
  },
  {
    name: 'infra-local-imports-manifests-and-compose',
    why: 'The local run knows a service by its manifest and its compose, as the CDK app does.',
    from: '^infra/local/',
    may: ['^infra/local/', '^services/[^/]+/(api/)?src/(manifest|compose)[.]ts$', contracts, '^shared/', packages, node],
    tests: true,
  },
];

function rule({ name, why, from, may, tests: governsTests = false }: Row): IForbiddenRuleType {
  return {
    name,
    comment: why,
    severity: 'error',
    from: { path: from, ...(governsTests ? {} : { pathNot: tests }) },
    to: {
      couldNotResolve: false,
      pathNot: may.filter((target) => target !== node),
      ...(may.includes(node) ? { dependencyTypesNot: ['core'] } : {}),
    },
  };
}

export const boundaries: IConfiguration = {
  forbidden: [
    ...table.map(rule),
    {
      name: 'web-knows-types-of-the-contract',
      comment: 'What the API promises is checked by the API: pages carry none of its schemas, and no zod.',
      severity: 'error',
      from: { path: '^services/[^/]+/web/src/', pathNot: tests },
      to: { path: '^services/[^/]+/api/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'services-never-import-each-other',
      comment: 'Everything a service must know of another arrives in an event; this holds for tests too.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'services-are-imported-by-compositions',
      comment: 'What everybody uses knows no service; this holds for tests too.',
      severity: 'error',
      from: { path: '^(contracts|shared)/' },
      to: { path: '^services/' },
    },
    {
      name: 'tests-are-imported-by-nothing',
      comment: 'What runs in production does not stand in the test folder, in a test file or in the testing package.',
      severity: 'error',
      from: { pathNot: ['^test/', '^shared/testing/', tests] },
      to: { path: ['^test/', '^shared/testing/', tests] },
    },
    {
      name: 'declared-dependencies',
      comment: 'A package declares what it imports in its own package.json; only tests may use the development packages of the root.',
      severity: 'error',
      from: { path: '^(contracts|shared|services|infra)/', pathNot: [tests, '^contracts/tools/', '/vite[.]config[.]ts$'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-dev', 'npm-unknown'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'every-import-resolves',
      comment: 'An import that leads nowhere hides from every other row.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      comment: 'Files that import each other cannot be understood, or tested, one by one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Our own build output alone: a package's dist folder is what an import of the package leads to.
    exclude: { path: '^(?!.*node_modules/).*/(dist|coverage|cdk[.]out)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
