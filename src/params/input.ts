import { isTopic, type InputTopic } from '#lib/domain/events.ts';

export const match = (name: string): name is InputTopic => isTopic(name);
