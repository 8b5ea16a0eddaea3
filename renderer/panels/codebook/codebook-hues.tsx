import { useMemo } from 'react';
import { contrastRatio, type Rgb } from '../../../core/codebook/contrast.ts';
import { Hue } from '../../../core/model/codebook.ts';

const themes = ['light', 'dark'] as const;

interface HuePickerProps {
  readonly label: string;
  readonly value: Hue;
  readonly isDisabled: boolean;
  readonly onChange: (hue: Hue) => void;
}

/** Chooses a hue, shown in both themes with its contrast. A hue too faint to see is not offered. */
export function HuePicker({ label, value, isDisabled, onChange }: HuePickerProps) {
  const contrasts = useMemo(measuredContrasts, []);
  return (
    <fieldset className="hues" aria-label={label} disabled={isDisabled}>
      {Hue.options.map((hue) => {
        const measured = contrasts[hue];
        const isFaint = themes.some((theme) => measured[theme].line < 3 || measured[theme].text < 4.5);
        const words = themes
          .map((theme) => `${theme}: line ${ratio(measured[theme].line)}, text ${ratio(measured[theme].text)}`)
          .join('; ');
        return (
          <label
            key={hue}
            className="hue"
            data-selected={hue === value}
            title={isFaint ? `Too faint (AA asks for 3 and 4.5): ${words}` : words}
          >
            <input type="radio" name={label} checked={hue === value} disabled={isFaint} onChange={() => onChange(hue)} />
            <span className="hue-pair" data-hue={hue} aria-hidden="true">
              {themes.map((theme) => (
                <span key={theme} className="hue-tint" data-on={theme}>
                  a
                </span>
              ))}
            </span>
            <span>{hue}</span>
            <span className="muted hue-ratio">
              {isFaint ? 'too faint' : ratio(Math.min(...themes.map((theme) => measured[theme].line)))}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

const ratio = (value: number) => `${(Math.floor(value * 10) / 10).toFixed(1)}:1`;

type Contrast = Readonly<Record<(typeof themes)[number], { readonly line: number; readonly text: number }>>;

// Measures the style sheet's colours in each theme: a hue's line on the paper, and ink on its tint.
function measuredContrasts(): Record<Hue, Contrast> {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colour = (theme: string, name: string): Rgb => {
    probe.style.colorScheme = theme;
    probe.style.color = `var(${name})`;
    const [red = 0, green = 0, blue = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue];
  };
  const of = (theme: string, hue: Hue) => ({
    line: contrastRatio(colour(theme, `--hue-${hue}`), colour(theme, '--paper')),
    text: contrastRatio(colour(theme, '--ink'), colour(theme, `--hue-${hue}-tint`)),
  });
  const measured = Object.fromEntries(Hue.options.map((hue) => [hue, { light: of('light', hue), dark: of('dark', hue) }]));
  probe.remove();
  return measured as Record<Hue, Contrast>;
}
