import uPlot from 'uplot';

/** What the style sheet makes of its custom properties in the present theme: a canvas knows none. */
export function readColors(holder: HTMLElement, names: readonly string[]): Record<string, string> {
  const probe = document.createElement('i');
  holder.append(probe);
  const colors = Object.fromEntries(
    names.map((name) => {
      probe.style.color = `var(${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return colors;
}

/** Keeps a plot as large as its holder; gives what ends both. */
export function fitTo(holder: HTMLElement, plot: uPlot): () => void {
  const observer = new ResizeObserver(() => plot.setSize({ width: holder.clientWidth, height: holder.clientHeight }));
  observer.observe(holder);
  return () => {
    observer.disconnect();
    plot.destroy();
  };
}
