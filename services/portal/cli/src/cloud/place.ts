/** Where the AWS APIs are. */
export interface Place {
  readonly endpoint: string;
  readonly region: string;
}

/** Where `npm start` is, unless told otherwise. */
export const usualPlace: Place = { endpoint: 'http://127.0.0.1:8042', region: 'eu-central-1' };
