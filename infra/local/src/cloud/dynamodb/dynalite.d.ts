/** The parts of dynalite 4.0.0 (CommonJS, untyped) that the DynamoDB stand-in uses. */
declare module 'dynalite/validations/index.js' {
  const validations: {
    /** Drops unknown members and checks the types of the others; throws an error with `statusCode` and `body`. */
    checkTypes<T extends object>(data: T, types: object): T;
    /** Checks the values and parses expressions into `data`; throws an error with `statusCode` and `body`. */
    checkValidations(data: object, types: object, custom: unknown, store: object): void;
  };
  export default validations;
}

declare module 'dynalite/validations/*' {
  const validation: { readonly types: object; readonly custom?: unknown };
  export default validation;
}

declare module 'dynalite/actions/*' {
  const action: (store: object, data: object, callback: (error: unknown, output?: object) => void) => void;
  export default action;
}
