/** What would be asked for, as options say it. */
export interface ExplainOptions {
  readonly user: string;
  readonly account: string;
  readonly permissionSet: string;
  readonly minutes?: number;
  readonly ticket?: string;
  readonly why?: string;
  readonly start?: string;
  readonly breakGlass?: true;
  readonly json?: true;
}
