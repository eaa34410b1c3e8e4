import path from 'node:path';

/** Gives every package the target `test` (its own tests), and the root `typecheck`: types are checked as one program. */
export const name = 'team-targets';

/** @type {import('nx/src/project-graph/plugins/public-api').CreateNodes} */
export const createNodes = [
  '{contracts,test,{shared,services,infra}/*}/package.json',
  (files) => [
    ['package.json', { projects: { '.': { name: 'team', targets: { typecheck: target('npm run --silent typecheck') } } } }],
    ...files.map((file) => {
      const folder = path.dirname(file);
      return [file, { projects: { [folder]: { targets: { test: target(`npm test --silent -- ${folder}/`) } } } }];
    }),
  ],
];

/** Tests of one package may run the local cloud, and with it any service, so every result depends on all sources. */
function target(command) {
  return { command, cache: true, inputs: ['sources'] };
}
