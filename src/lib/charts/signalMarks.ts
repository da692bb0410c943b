/** One shape a type of signal, about 11 pixels wide around 0, 0. */
export type SignalKind =
	| 'announcement' | 'talks' | 'integration' | 'executive_visit' | 'no_comment' | 'denial' | 'policy_clause' | 'equity' | 'supply' | 'dispute'
	| 'regulatory' | 'referral_shift'; // prettier-ignore

export const SHAPES: Record<SignalKind, string> = {
	policy_clause: 'M-4.4-4.4h8.8v8.8h-8.8Z',
	talks: 'M-5.3,0a3.2,3.2 0 1,0 6.4,0a3.2,3.2 0 1,0-6.4,0ZM-1.1,0a3.2,3.2 0 1,0 6.4,0a3.2,3.2 0 1,0-6.4,0Z',
	executive_visit: 'M0-5.4 5 3.3H-5Z',
	no_comment: 'M-5.2-1.9H5.2V1.9H-5.2Z',
	denial: 'M-4.4-4.4 4.4 4.4M4.4-4.4-4.4 4.4',
	referral_shift: 'M-5.2 4.4H0V-4.4H5.2',
	announcement: 'M-4.7,0a4.7,4.7 0 1,0 9.4,0a4.7,4.7 0 1,0-9.4,0Z',
	integration: 'M-1.85-5.2H1.85V-1.85H5.2V1.85H1.85V5.2H-1.85V1.85H-5.2V-1.85H-1.85Z',
	equity: 'M-2.6-5.2a5.2,5.2 0 0,1 0,10.4Z',
	supply: 'M2.6-4.5 5.2 0 2.6 4.5H-2.6L-5.2 0-2.6-4.5Z',
	dispute: 'M-5-4.2 5 4.2V-4.2L-5 4.2Z',
	regulatory: 'M0-5.6 5.2 0 0 5.6-5.2 0Z'
};

/** Shapes that are lines, and have no inside. */
export const OPEN: ReadonlySet<SignalKind> = new Set(['denial', 'referral_shift']);
