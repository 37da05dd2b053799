/** Exit codes by which one process of Tradewind understands another, beside 0 and 1. */

/** Another run holds the warehouse (EX_TEMPFAIL of sysexits.h). */
export const EXIT_BUSY = 75;
/** Ended by Ctrl-C or SIGTERM. */
export const EXIT_INTERRUPTED = 130;
