import type { Rule, RuleFrom } from './rule.ts';

/** Every queue's. */
const maxReceives = 5;

/**
 * While AWS is down, messages are put off without using up receives: where fewer processes died than a message may be received, none of
 * those that they read becomes a dead letter but what a service has laid down for good, saying why.
 */
export const outagesUseNoReceives: RuleFrom = ({ deadLetters, trouble }): Rule => ({
  async beforeRedrive() {
    const unexplained = (await deadLetters()).filter(({ code, queue }) => code === undefined && (trouble.deaths.get(readerOf(queue)) ?? 0) < maxReceives);
    return unexplained.map(({ queue, body }) => `a message was received in vain until it became a dead letter in ${queue}: ${body.slice(0, 120)}`);
  },
});

/** The function that reads the queue of which these are the dead letters: it is called like its queue. */
const readerOf = (deadLetters: string): string => deadLetters.replace(/^team-([a-z]+)-([a-z]+)-dlq(\.fifo)?$/, '$1.$2');
