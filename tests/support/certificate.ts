/** A certificate that nobody vouches for, made on the spot (X.509, Ed25519; RFC 5280 and 8410). */
import { generateKeyPairSync, sign } from 'node:crypto';

const der = (tag: number, ...parts: Buffer[]): Buffer => {
	const body = Buffer.concat(parts);
	const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const utcTime = (at: number) =>
	der(0x17, Buffer.from(`${new Date(at).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));

/** For `name`, valid from a day ago to a day ahead. PEM. */
export function selfSigned(name: string, now = Date.now()): { key: string; cert: string } {
	const { publicKey, privateKey } = generateKeyPairSync('ed25519');
	const algorithm = sequence(der(0x06, Buffer.from([0x2b, 0x65, 0x70])));
	const commonName = sequence(der(0x06, Buffer.from([0x55, 0x04, 0x03])), der(0x0c, Buffer.from(name)));
	const subject = sequence(der(0x31, commonName));
	const day = 86_400_000;
	const content = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1])),
		algorithm,
		subject,
		sequence(utcTime(now - day), utcTime(now + day)),
		subject,
		publicKey.export({ type: 'spki', format: 'der' })
	);
	const bytes = sequence(content, algorithm, der(0x03, Buffer.from([0]), sign(null, content, privateKey)));
	const lines = bytes.toString('base64').replace(/(.{64})/g, '$1\n');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
	};
}
