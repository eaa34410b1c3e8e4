import { composeAnswers } from '../compose-answers.ts';
import { answersPlatform } from './answers-platform.ts';

/** Lambda entry of the function `query`. */
export const handler = composeAnswers(answersPlatform()).query;
