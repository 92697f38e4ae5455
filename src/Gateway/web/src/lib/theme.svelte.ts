export type ThemeChoice = 'system' | 'light' | 'dark';

const key = 'movc-theme';
const order: readonly ThemeChoice[] = ['system', 'light', 'dark'];

class Theme {
  choice = $state<ThemeChoice>('system');
  #systemDark = $state(false);

  /** What is on screen. */
  shown = $derived<'light' | 'dark'>(this.choice === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.choice);

  constructor() {
    const media = matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = media.matches;
    media.addEventListener('change', (event) => (this.#systemDark = event.matches));
    this.#set(read());
  }

  get next(): ThemeChoice {
    return order[(order.indexOf(this.choice) + 1) % order.length] ?? 'system';
  }

  toggle(): void {
    this.#set(this.next);
    try {
      localStorage.setItem(key, this.choice);
    } catch {
      // Storage forbidden: the choice lasts as long as the page.
    }
  }

  #set(choice: ThemeChoice): void {
    this.choice = choice;
    if (choice === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = choice;
  }
}

function read(): ThemeChoice {
  try {
    const stored = localStorage.getItem(key);
    return order.find((choice) => choice === stored) ?? 'system';
  } catch {
    return 'system';
  }
}

export const theme = new Theme();
