import { FileProblemsError, type FileProblem, type PolicyFile } from '@team/policies';
import { isMap, isScalar, parseDocument, type Document } from 'yaml';
import { policyKinds, type PolicyKind } from '../../../api/src/contract/index.ts';

/** A policy as it is written in a file, with names. */
export interface WrittenPolicy {
  readonly kind: PolicyKind;
  readonly id: string;
  readonly text: string;
  readonly file: string;
  /** How many lines of the file stand before it. */
  readonly linesBefore: number;
}

/** What files say, as far as it can be told without knowing what names mean. */
export interface Written {
  readonly policies: readonly WrittenPolicy[];
  /** Documents that are configuration of the deployment, which is not changed from here. */
  readonly ofDeployment: number;
}

/** Kinds of documents that are no policies: who may emit, and who may what at the portal. */
const deploymentKinds: ReadonlySet<unknown> = new Set(['Emitter', 'Portal']);
/** https://yaml.org/spec/1.2.2/#912-document-markers: it stands at the beginning of a line, and nowhere else of a document. */
const marker = /^(?=---(?:\s|$))/m;

/** The documents of files, each as it is written. Throws `FileProblemsError` with what is not one, or is there twice. */
export function writtenIn(files: readonly PolicyFile[]): Written {
  const problems: FileProblem[] = [];
  const found = files.flatMap(({ file, text }) => {
    let linesBefore = 0;
    return text.split(marker).flatMap((piece) => {
      const before = linesBefore;
      linesBefore += piece.split('\n').length - 1;
      return readPiece({ file, text: piece, linesBefore: before }, problems);
    });
  });
  const policies = found.flatMap((one) => (one === 'of the deployment' ? [] : [one]));
  const seen = new Set<string>();
  for (const { kind, id, file, linesBefore } of policies) {
    if (seen.has(`${kind} ${id}`)) problems.push({ file, line: linesBefore + 1, path: '', reason: kind === 'Limits' ? 'there is another Limits already' : `there is another ${kind} ${id} already` });
    seen.add(`${kind} ${id}`);
  }
  if (problems.length > 0) throw new FileProblemsError(problems);
  return { policies, ofDeployment: found.length - policies.length };
}

type Piece = Pick<WrittenPolicy, 'file' | 'text' | 'linesBefore'>;

function readPiece(piece: Piece, problems: FileProblem[]): readonly (WrittenPolicy | 'of the deployment')[] {
  const document = parseDocument(piece.text, { version: '1.2' });
  const problem = (reason: string, line = 1): readonly [] => {
    problems.push({ file: piece.file, line: piece.linesBefore + line, path: '', reason });
    return [];
  };
  const [broken] = document.errors;
  if (broken !== undefined) return problem(`not YAML: ${broken.message.split('\n')[0] ?? ''}`, broken.linePos?.[0].line);
  // Nothing but comments.
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) return [];
  const [said, name] = [valueOf(document, 'kind'), valueOf(document, 'name')];
  if (deploymentKinds.has(said)) return ['of the deployment'];
  const kind = policyKinds.find((one) => one === said);
  if (kind === undefined) return problem(`kind: is none of ${[...policyKinds, ...deploymentKinds].join(', ')}`);
  if (kind === 'Limits') return [{ ...piece, kind, id: 'limits' }];
  return typeof name === 'string' && name !== '' ? [{ ...piece, kind, id: name }] : problem('name: is missing');
}

const valueOf = ({ contents }: Document, key: string): unknown => (isMap(contents) ? contents.get(key) : undefined);
