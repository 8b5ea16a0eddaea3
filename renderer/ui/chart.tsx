import './chart.css';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Drawing } from './chart-drawing.ts';

interface ChartProps {
  /** The accessible name. */
  readonly label: string;
  readonly drawing: Drawing;
  /** Receives the chart on screen, so that it can be copied. */
  readonly chart: RefObject<SVGSVGElement | null>;
  onChoose(part: string): void;
}

/**
 * A chart whose parts can be chosen with the pointer or with Enter and Space. Arrow keys move between parts, and Tab leaves. The drawing library
 * is loaded when the first chart appears.
 */
export function Chart({ label, drawing, chart, onChoose }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const choose = useRef(onChoose);
  choose.current = onChoose;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    let isCurrent = true;
    if (width === 0) return;
    void import('./chart-drawing.ts').then(({ drawChart }) => {
      if (!isCurrent || !place.current) return;
      const drawn = drawChart(drawing, width);
      drawn.setAttribute('aria-label', label);
      partsOf(drawn)[0]?.setAttribute('tabindex', '0');
      const focused = place.current.querySelector<SVGElement>(':focus')?.dataset['part'];
      place.current.replaceChildren(drawn);
      chart.current = drawn;
      if (focused !== undefined)
        partsOf(drawn)
          .find((part) => part.dataset['part'] === focused)
          ?.focus();
    });
    return () => {
      isCurrent = false;
    };
  }, [drawing, width, label, chart]);
  const partAt = (target: EventTarget) => (target as Element).closest<SVGElement>('[data-part]');
  const take = (target: EventTarget) => {
    const id = partAt(target)?.dataset['part'];
    if (id !== undefined) choose.current(id);
    return id !== undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      const parts = place.current ? partsOf(place.current) : [];
      const current = partAt(event.target);
      const next = parts[(current ? parts.indexOf(current) : -1) + step];
      if (next) {
        current?.removeAttribute('tabindex');
        next.setAttribute('tabindex', '0');
        next.focus();
      }
    } else if (!((event.key === 'Enter' || event.key === ' ') && take(event.target))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the parts inside are the buttons
    <div className="chart" ref={place} onClick={(event) => take(event.target)} onKeyDown={onKeyDown} />
  );
}

const partsOf = (within: Element): SVGElement[] => [...within.querySelectorAll<SVGElement>('[data-part]')];
