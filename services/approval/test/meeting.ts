/** Something that meets commands one after the other; between two it is stored and read, as JSON. */
export function meeting<State, Command, Event>(
  decide: (state: State | undefined, command: Command, now: number) => readonly Event[],
  evolve: (state: State | undefined, event: Event) => State | undefined,
  start: number,
  commands: readonly Command[],
) {
  let state: State | undefined;
  const meet = (command: Command, now = start): readonly Event[] => {
    const events = decide(state, command, now);
    state = events.reduce<State | undefined>(evolve, state);
    state = state === undefined ? undefined : (JSON.parse(JSON.stringify(state)) as State);
    return events;
  };
  for (const command of commands) meet(command);
  return { meet, state: () => state };
}
