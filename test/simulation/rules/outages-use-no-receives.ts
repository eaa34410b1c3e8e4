import type { Rule, RuleFrom } from '../watch.ts';

/**
 * While AWS is down, messages are put off without using up receives: where no process died with a message in hand, none becomes a dead
 * letter but what a service has laid down for good, saying why.
 */
export const outagesUseNoReceives: RuleFrom = ({ deadLetters, trouble }): Rule => ({
  async beforeRedrive() {
    if (trouble.deaths > 0) return [];
    const unexplained = (await deadLetters()).filter(({ code }) => code === undefined);
    return unexplained.map(({ queue, body }) => `a message was received in vain until it became a dead letter of ${queue}: ${body.slice(0, 120)}`);
  },
});
