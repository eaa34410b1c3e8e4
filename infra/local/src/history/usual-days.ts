/** Days of past requests at a first start, unless told. */
export const usualDays = 30;
