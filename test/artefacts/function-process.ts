import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Origin } from '../../infra/local/src/cloud/index.ts';
import type { DeployedFunction } from './deployed.ts';

/** A function in a process of its own, started when it is first invoked; one invocation at a time. */
export interface FunctionProcess {
  /** Answers as `lambda:Invoke` would; rejects with what the function failed with, or after its time-out. */
  invoke(event: unknown): Promise<unknown>;
  /** Names and values of everything in the process's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Invocations that it answered. */
  readonly answered: number;
  /** What it wrote. */
  readonly log: string;
  stop(): Promise<void>;
}

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  settle(outcome: { readonly answer: unknown } | { readonly error: Error }): void;
}

const runtime = fileURLToPath(new URL('./runtime-process.ts', import.meta.url));

/** Serves Lambda's Runtime API to one process. `surroundings` is what Lambda and its account add to what the deployment sets. */
export async function functionProcess(deployed: DeployedFunction, region: string, accountId: string, surroundings: Readonly<Record<string, string>>, origin: Origin): Promise<FunctionProcess> {
  const waiting: Invocation[] = [];
  let asking: ServerResponse | undefined;
  let underWay: Invocation | undefined;
  let child: ChildProcess | undefined;
  let timeOut: NodeJS.Timeout | undefined;
  let answered = 0;
  let log = '';

  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
  const environment = {
    ...deployed.variables,
    ...surroundings,
    AWS_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: deployed.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(deployed.memoryMb),
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    LAMBDA_TASK_ROOT: deployed.code,
    _HANDLER: deployed.handler,
  };

  function handOut(): void {
    if (asking === undefined || underWay !== undefined) return;
    underWay = waiting.shift();
    if (underWay === undefined) return;
    const headers = {
      'lambda-runtime-aws-request-id': underWay.id,
      'lambda-runtime-deadline-ms': String(Date.now() + deployed.timeoutMs),
      'lambda-runtime-invoked-function-arn': `arn:aws:lambda:${region}:${accountId}:function:${deployed.name}`,
    };
    asking.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(underWay.event));
    asking = undefined;
    timeOut = setTimeout(() => child?.kill('SIGKILL'), deployed.timeoutMs);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const place = (request.url ?? '').replace('/2018-06-01/runtime/', '');
    if (place === 'invocation/next') {
      asking = response;
      return handOut();
    }
    const body: unknown = JSON.parse(await text(request));
    response.writeHead(202).end();
    clearTimeout(timeOut);
    const done = underWay;
    underWay = undefined;
    if (place === `invocation/${done?.id}/response`) {
      answered += 1;
      done?.settle({ answer: body });
    } else done?.settle({ error: new Error(`${deployed.name} failed: ${JSON.stringify(body)}`) });
  }

  function start(): ChildProcess {
    const started = spawn(process.execPath, [runtime, JSON.stringify(origin)], { cwd: deployed.code, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [started.stdout, started.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
    started.once('exit', (code) => {
      clearTimeout(timeOut);
      for (const one of [underWay, ...waiting.splice(0)]) one?.settle({ error: new Error(`${deployed.name} ended with ${String(code)}: ${log.slice(-2_000)}`) });
      underWay = undefined;
      child = undefined;
    });
    return started;
  }

  return {
    environment,
    get answered() {
      return answered;
    },
    get log() {
      return log;
    },
    invoke(event) {
      child ??= start();
      return new Promise((resolve, reject) => {
        waiting.push({ id: randomUUID(), event, settle: (outcome) => ('answer' in outcome ? resolve(outcome.answer) : reject(outcome.error)) });
        handOut();
      });
    },
    async stop() {
      if (child !== undefined) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      server.closeAllConnections();
      server.close();
    },
  };
}
