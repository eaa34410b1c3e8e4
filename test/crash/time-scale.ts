/**
 * A minute passes in three seconds: lives of minutes end while somebody waits. Faster, and a machine with other work to do would not
 * be done with a message before its visibility time-out, three minutes and more, is over.
 */
export const timeScale = 20;
