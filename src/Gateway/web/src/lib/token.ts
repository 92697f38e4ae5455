const key = 'movc-token';

/** The token lives as long as the tab. Storage may be forbidden: then it lives as long as the page. */
let memory: string | null = null;

export function readToken(): string | null {
  try {
    return sessionStorage.getItem(key) ?? memory;
  } catch {
    return memory;
  }
}

export function writeToken(token: string): void {
  memory = token;
  try {
    sessionStorage.setItem(key, token);
  } catch {
    // Kept in memory above.
  }
}
