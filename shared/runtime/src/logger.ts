import { Logger } from '@aws-lambda-powertools/logger';

export type { Logger } from '@aws-lambda-powertools/logger';
export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SILENT';

/** The one configured logger of a service: structured JSON, one line an entry. */
export function createLogger(service: string, level: LogLevel = 'INFO'): Logger {
  return new Logger({ serviceName: `team.${service}`, logLevel: level });
}
