/** openapi.json (3.1), made from the table that also validates. */
import { z } from 'zod';
import { OPERATIONS, problem, type Operation } from './operations.ts';
import { TITLES } from './problem.ts';

type Json = Record<string, unknown>;

function schemaOf(schema: z.ZodType): Json {
	const { $schema: _, ...rest } = z.toJSONSchema(schema, {
		io: 'input',
		unrepresentable: 'any',
		reused: 'inline'
	});
	return rest;
}

const content = (types: Record<string, z.ZodType>) =>
	Object.fromEntries(Object.entries(types).map(([type, schema]) => [type, { schema: schemaOf(schema) }]));

function parameters(operation: Operation): Json[] {
	const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
		name, in: 'path', required: true, schema: { type: 'string' }
	})); // prettier-ignore
	const { properties = {}, required = [] } = z.object({
		properties: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
		required: z.array(z.string()).optional()
	}).parse(schemaOf(operation.query)); // prettier-ignore
	const inQuery = Object.entries(properties).map(([name, schema]) => ({
		name, in: 'query', required: required.includes(name), schema
	})); // prettier-ignore
	return [...inPath, ...inQuery];
}

function describe(operation: Operation): Json {
	const problems = operation.problems.map((status) => [
		status,
		{
			description: TITLES[status],
			content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
		}
	]);
	return {
		summary: operation.summary,
		operationId: `${operation.method} ${operation.path}`.replace(/\W+(\w?)/g, (_, letter: string) =>
			letter.toUpperCase()
		),
		...(operation.path.match(/\{/) || Object.keys(operation.query).length
			? { parameters: parameters(operation) }
			: {}),
		...(operation.body && { requestBody: { required: true, content: content(operation.body) } }),
		responses: {
			...Object.fromEntries(
				Object.entries(operation.answers).map(([status, answer]) => [
					status,
					{ description: answer.description, content: content(answer.content) }
				])
			),
			...Object.fromEntries(problems)
		}
	};
}

export function openapi(): Json {
	const paths: Record<string, Json> = {};
	for (const operation of OPERATIONS)
		paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
	return {
		openapi: '3.1.0',
		info: {
			title: 'Telltale',
			version: '1',
			description: 'Reads the tells rivals give away before they announce a partnership.'
		},
		servers: [{ url: '/api/v1' }],
		paths,
		components: { schemas: { Problem: schemaOf(problem) } }
	};
}
