const thisMachine = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether a `Host` header names this machine. A page of somebody else can have its own name lead to 127.0.0.1 (DNS rebinding), and to
 * a browser what is there is then of the same origin as that page.
 */
export const namesThisMachine = (host: string | undefined): boolean => host !== undefined && thisMachine.test(host);
