import { pino, type Logger } from 'pino';

export type { Logger };
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type Level = (typeof LEVELS)[number];

/** Structured lines on standard error: standard output belongs to data. */
export const createLogger = (level: Level): Logger =>
	pino(
		{ level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
		pino.destination({ dest: 2, sync: true })
	);
