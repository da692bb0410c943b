import type { RequestHandler } from './$types';

const KEEP_ALIVE_MS = 15_000;

/** Server-sent events: `data: {"topic": …}` once events of the topic can be read; comments keep the line open. */
export const GET: RequestHandler = ({ locals: { services } }) => {
	const encoder = new TextEncoder();
	let end = () => {};
	const stream = new ReadableStream<Uint8Array>({
		start(controller) {
			const send = (text: string) => controller.enqueue(encoder.encode(text));
			const stop = services.changes.listen(
				(change) => send(`data: ${JSON.stringify(change)}\n\n`),
				() => {
					end();
					controller.close();
				}
			);
			const timer = setInterval(() => send(': still here\n\n'), KEEP_ALIVE_MS);
			end = () => {
				clearInterval(timer);
				stop();
			};
			send(': open\n\n');
		},
		cancel: () => end()
	});
	return new Response(stream, {
		headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }
	});
};
