import Camera from 'lucide-solid/icons/camera';
import FolderOpen from 'lucide-solid/icons/folder-open';
import Keyboard from 'lucide-solid/icons/keyboard';
import Moon from 'lucide-solid/icons/moon';
import PanelRight from 'lucide-solid/icons/panel-right';
import Sun from 'lucide-solid/icons/sun';
import SunMoon from 'lucide-solid/icons/sun-moon';
import { For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { AppModel, Theme } from '../../app/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import { addressOf, DOORS, type DoorId } from '../doors.ts';
import type { WaysIn } from '../intake/Intake.tsx';
import { EngineStatus } from './EngineStatus.tsx';
import { Wordmark } from './Wordmark.tsx';
import './header.css';

interface HeaderProps {
  readonly model: AppModel;
  readonly door: DoorId;
  /** False where no case is looked at: the start page and the other doors have their own ways in. */
  readonly withCase: boolean;
  readonly narrow: boolean;
  readonly ways: WaysIn;
  readonly onKeys: () => void;
}

/** Name, doors, ways in, what runs here, and the switches that belong to the whole page. */
export function Header(props: HeaderProps): JSX.Element {
  return (
    <header class="header">
      <Wordmark onStart={() => void props.model.commands.showStart()} />
      <DoorList current={props.door} />
      <Show when={props.withCase}>
        <div class="header-group">
          <IconButton label="Open pictures" onClick={() => props.ways.openPicker()}>
            <FolderOpen />
          </IconButton>
          <IconButton class="header-camera" label="Camera" onClick={() => props.ways.openCamera()}>
            <Camera />
          </IconButton>
        </div>
      </Show>
      <EngineStatus model={props.model} />
      <div class="header-group">
        <ThemeSwitch
          theme={props.model.state.view.theme}
          onChange={(theme) => props.model.commands.setView({ theme })}
        />
        <Show when={!props.narrow}>
          <IconButton label="Keys" hotkey="?" onClick={() => props.onKeys()}>
            <Keyboard />
          </IconButton>
        </Show>
        <Show when={props.withCase && !props.narrow}>
          <IconButton
            label="Panels"
            hotkey="H"
            aria-pressed={props.model.state.view.panels}
            onClick={() => props.model.commands.setView({ panels: !props.model.state.view.panels })}
          >
            <PanelRight />
          </IconButton>
        </Show>
      </div>
    </header>
  );
}

function DoorList(props: { readonly current: DoorId }): JSX.Element {
  return (
    <nav class="doors" aria-label="Doors">
      <For each={DOORS}>
        {(door) => (
          <a
            class="door"
            href={addressOf(door.id)}
            aria-current={door.id === props.current ? 'page' : undefined}
          >
            {door.title}
          </a>
        )}
      </For>
    </nav>
  );
}

const THEMES: Readonly<Record<Theme, { icon: typeof Sun; next: Theme; label: string }>> = {
  system: { icon: SunMoon, next: 'light', label: 'Theme: as the system' },
  light: { icon: Sun, next: 'dark', label: 'Theme: light' },
  dark: { icon: Moon, next: 'system', label: 'Theme: dark' },
};

function ThemeSwitch(props: {
  readonly theme: Theme;
  readonly onChange: (theme: Theme) => void;
}): JSX.Element {
  return (
    <IconButton
      label={THEMES[props.theme].label}
      onClick={() => props.onChange(THEMES[props.theme].next)}
    >
      <Dynamic component={THEMES[props.theme].icon} />
    </IconButton>
  );
}
