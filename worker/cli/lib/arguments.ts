import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Fault } from './fault.ts';

/** The arguments of a command. What it does not know is a `Fault` that says so, not a bug. */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (error instanceof TypeError) throw new Fault(error.message);
    throw error;
  }
}
