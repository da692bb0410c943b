/** Tells listeners that something of a topic has become readable. */
export interface Change {
	topic: string;
	/** When it was seen to be readable, ms. */
	at: number;
}
export interface Changes {
	/** Returns a function that ends the listening. */
	listen(listener: (change: Change) => void): () => void;
	close(): void;
}
