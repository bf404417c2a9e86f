// What stands between a person and a running program is their machine's state, not our mistake:
// such a fault is shown as one line that says what to do, without a stack.

/** The machine lacks something; the message says what, and what the person can do. */
export class NotReady extends Error {}
