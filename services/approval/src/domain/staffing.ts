interface Staffed {
  readonly stages: readonly { readonly quorum: number }[];
}

/** For each chain and each of its stages, who could approve now: ids of enabled people, without the requester and who asked. */
export type EligibleApprovers = Readonly<Record<string, readonly (readonly string[])[]>>;

/** How many people it takes to satisfy a policy. So many candidates in every stage are as good as all. */
export function peopleNeeded({ stages }: Staffed): number {
  return stages.reduce((sum, { quorum }) => sum + quorum, 0);
}

/**
 * The first stage (index) for which nobody is left when each person counts once, or `undefined` where all stages can be filled.
 * People who belong to several stages are moved about until everybody who can be placed is (augmenting paths in a bipartite graph).
 */
export function unfillableStage({ stages }: Staffed, eligible: readonly (readonly string[])[]): number | undefined {
  const places = stages.flatMap(({ quorum }, stage) => Array.from({ length: quorum }, () => stage));
  const placeOf = new Map<string, number>();

  const fill = (place: number, tried: Set<string>): boolean =>
    (eligible[places[place] ?? -1] ?? []).some((person) => {
      if (tried.has(person)) return false;
      tried.add(person);
      const taken = placeOf.get(person);
      if (taken !== undefined && !fill(taken, tried)) return false;
      placeOf.set(person, place);
      return true;
    });

  return places.find((_, place) => !fill(place, new Set()));
}
