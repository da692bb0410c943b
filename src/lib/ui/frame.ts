/** What the frame of every page knows (root +layout.server.ts). */

/** `loopback`: only this machine reaches the address; `open`: others do, and nobody has to log in. */
export type Access = 'loopback' | 'open';

/** What the log and the store hold is a made-up scenario. */
export interface Demo {
	/** Where a form that clears it is posted. */
	clear: string;
}
