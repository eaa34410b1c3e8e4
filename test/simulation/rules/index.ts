import { acceptedAsEligible } from './accepted-as-eligible.ts';
import { comesToRest } from './comes-to-rest.ts';
import { createdAsApproved } from './created-as-approved.ts';
import { deadLettersExplained } from './dead-letters-explained.ts';
import { driftIsReal } from './drift-is-real.ts';
import { endedWhenOver } from './ended-when-over.ts';
import { endsAreRepeated } from './ends-are-repeated.ts';
import { endsAsReckoned } from './ends-as-reckoned.ts';
import { eventsKeepContracts } from './events-keep-contracts.ts';
import { factsAreStored } from './facts-are-stored.ts';
import { heldIsKept } from './held-is-kept.ts';
import { madeByHandStays } from './made-by-hand-stays.ts';
import { nothingLeftBehind } from './nothing-left-behind.ts';
import { oneEnd } from './one-end.ts';
import { oneOutcome } from './one-outcome.ts';
import { openedAsEligible } from './opened-as-eligible.ts';
import { othersDecide } from './others-decide.ts';
import { outagesUseNoReceives } from './outages-use-no-receives.ts';
import { overCountsNoMore } from './over-counts-no-more.ts';
import { overdueIsSaid } from './overdue-is-said.ts';
import { recordedOnce } from './recorded-once.ts';
import { saidAsItIs } from './said-as-it-is.ts';
import { siemIsTold } from './siem-is-told.ts';
import { stretchesEndTogether } from './stretches-end-together.ts';
import { wishesAreAnswered } from './wishes-are-answered.ts';
import { wishesAreGranted } from './wishes-are-granted.ts';

/** Every invariant by its name. */
export const rules = {
  comesToRest,
  acceptedAsEligible,
  createdAsApproved,
  heldIsKept,
  madeByHandStays,
  nothingLeftBehind,
  overdueIsSaid,
  othersDecide,
  factsAreStored,
  eventsKeepContracts,
  recordedOnce,
  oneOutcome,
  oneEnd,
  saidAsItIs,
  siemIsTold,
  deadLettersExplained,
  driftIsReal,
  endedWhenOver,
  endsAreRepeated,
  endsAsReckoned,
  openedAsEligible,
  outagesUseNoReceives,
  overCountsNoMore,
  stretchesEndTogether,
  wishesAreAnswered,
  wishesAreGranted,
};
