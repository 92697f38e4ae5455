import { Unauthorized } from './api';
import { city } from './city.svelte';

/** Does something that asks the gateway. Returns the fault for people, empty = none; where the gateway wants a token, the page asks for one. */
export async function attempt(work: () => Promise<void>): Promise<string> {
  try {
    await work();
    return '';
  } catch (error) {
    if (!(error instanceof Unauthorized)) return error instanceof Error ? error.message : String(error);
    city.needsToken = true;
    return '';
  }
}
