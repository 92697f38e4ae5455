import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { Unauthorized } from './api';
import { frameSchema, type CityFrame } from './contract';
import { readToken } from './token';

export interface HubHandlers {
  frame(frame: CityFrame): void;
  /** Connected for the first time or again: what came in between must be fetched. */
  up(): void;
  down(): void;
  unauthorized(): void;
}

export interface Hub {
  /** Tries at once instead of waiting for the next try. */
  retryNow(): void;
}

const retryMs = [0, 1_000, 2_000, 5_000, 10_000];

/** Keeps a connection to /hubs/city for as long as the page lives. */
export function connectHub(handlers: HubHandlers): Hub {
  const connection = new HubConnectionBuilder()
    .withUrl('/hubs/city', { accessTokenFactory: () => readToken() ?? '' })
    .configureLogging(LogLevel.None)
    .build();
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let starting = false;

  connection.on('cityFrame', (argument: unknown) => handlers.frame(parseFrame(argument)));
  connection.onclose(() => {
    handlers.down();
    later();
  });

  function later(): void {
    clearTimeout(timer);
    const wait = retryMs[Math.min(tries++, retryMs.length - 1)] ?? 10_000;
    timer = setTimeout(() => void start(), wait);
  }

  async function start(): Promise<void> {
    if (starting) return;
    starting = true;
    clearTimeout(timer);
    try {
      await connection.start();
      tries = 0;
      handlers.up();
    } catch (error) {
      handlers.down();
      // Without a token every try would fail alike: wait until retryNow.
      if (isUnauthorized(error)) handlers.unauthorized();
      else later();
    } finally {
      starting = false;
    }
  }

  void start();
  return {
    retryNow() {
      tries = 0;
      if (connection.state === 'Disconnected') void start();
    },
  };
}

function isUnauthorized(error: unknown): boolean {
  if (error instanceof Unauthorized) return true;
  const status = (error as { statusCode?: number } | null)?.statusCode;
  return status === 401 || /\b401\b/.test(String((error as Error | null)?.message ?? ''));
}

/** A frame may come as an object or as its text. */
export function parseFrame(argument: unknown): CityFrame {
  const frame = (typeof argument === 'string' ? JSON.parse(argument) : argument) as CityFrame;
  if (frame?.schema !== frameSchema)
    throw new Error(`this page understands frames of schema ${frameSchema}, not ${frame?.schema}; reload it`);
  return frame;
}
