import { Command, InvalidArgumentError, Option } from 'commander';

/** How beliefs are tried. */
export interface ConformanceOptions {
  readonly aws?: true;
  /** Of an imitation of AWS. */
  readonly endpoint?: string;
  readonly region?: string;
  readonly instanceArn?: string;
  readonly account?: string;
  readonly permissionSet?: string;
  readonly user?: string;
  readonly signingKey?: string;
  readonly suspendedAccount?: string;
  readonly only?: string;
  readonly slow: boolean;
  readonly yes: boolean;
}

const shaped = (pattern: RegExp, like: string) => (text: string) => {
  if (!pattern.test(text)) throw new InvalidArgumentError(`It must look like ${like}.`);
  return text;
};

/** Reads the options. Throws commander's `CommanderError` where help was asked for, or one is wrong. */
export function readOptions(argv: readonly string[], command = new Command()): ConformanceOptions {
  return command
    .name('npm run conformance --')
    .description('Tries what we believe of AWS: on the local cloud, or, where it is asked for, on a real account or on an imitation of AWS.')
    .addOption(new Option('--aws', 'on the account of your AWS credentials, in a sandbox that is removed afterwards').conflicts('endpoint'))
    .option('--endpoint <url>', 'on an imitation of AWS, such as moto_server', shaped(/^https?:\/\/\S+$/, 'http://127.0.0.1:5000'))
    .option('--region <name>', 'where; without it as your AWS configuration says')
    .option('--instance-arn <arn>', 'the IAM Identity Center instance', shaped(/^arn:aws[a-z-]*:sso:::instance\/\S+$/, 'arn:aws:sso:::instance/ssoins-…'))
    .option('--account <id>', 'sandbox account in which is assigned', shaped(/^\d{12}$/, '111122223333'))
    .option('--permission-set <arn>', 'what is assigned there: one that gives little', shaped(/^arn:aws[a-z-]*:sso:::permissionSet\/\S+$/, 'arn:aws:sso:::permissionSet/ssoins-…/ps-…'))
    .option('--user <id>', 'user id of whom it is assigned to')
    .option('--signing-key <alias>', 'an ECC_NIST_P256 key to sign with; a new one could be removed after seven days only', shaped(/^alias\/\S+$/, 'alias/sandbox'))
    .option('--suspended-account <id>', 'an account that is suspended', shaped(/^\d{12}$/, '111122223333'))
    .option('--only <text>', 'only beliefs whose id has this in it, such as sqs.')
    .option('--slow', 'also what takes minutes', false)
    .option('--yes', 'with --aws: yes, make and change what is printed', false)
    .allowExcessArguments(false)
    .exitOverride()
    .parse([...argv], { from: 'user' })
    .opts<ConformanceOptions>();
}
