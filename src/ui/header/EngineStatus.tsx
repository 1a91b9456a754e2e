import { type JSX, Match, Show, Switch } from 'solid-js';
import type { AppModel } from '../../app/model.ts';
import { Hint } from '../common/Hint.tsx';
import { DeviceStatus } from '../device/DeviceStatus.tsx';
import { type EngineInfo, engineFailure, readyEngine } from '../engine.ts';

/** Which provider runs the network and which adapter the metrics, always, with the reason at hand. */
export function EngineStatus(props: { readonly model: AppModel }): JSX.Element {
  const engine = () => props.model.state.engine;
  return (
    <div class="engine">
      <Switch
        fallback={
          <>
            <span class="engine-item" data-testid="provider">
              Starting…
            </span>
            <span class="engine-item" data-testid="adapter" />
          </>
        }
      >
        <Match when={engineFailure(engine())}>
          {(message) => (
            <>
              <Hint class="engine-item failed" testId="provider" hint={message()}>
                Engine did not start
              </Hint>
              <span class="engine-item" data-testid="adapter" />
            </>
          )}
        </Match>
        <Match when={readyEngine(engine())?.info}>
          {(ready) => <Running info={ready()} model={props.model} />}
        </Match>
      </Switch>
    </div>
  );
}

function Running(props: { readonly info: EngineInfo; readonly model: AppModel }): JSX.Element {
  const off = () => props.model.state.device.numbersChecked === 'failed';
  return (
    <>
      <Hint
        class="engine-item engine-provider"
        testId="provider"
        value={props.info.provider}
        hint={<ProviderHint info={props.info} />}
      >
        {props.info.provider === 'webgpu' ? 'WebGPU' : 'WASM'}
        <Show when={threads(props.info)}>
          {(words) => <span class="engine-threads">, {words()}</span>}
        </Show>
      </Hint>
      <Hint
        class="engine-item engine-adapter"
        testId="adapter"
        value={off() ? 'reference' : props.info.metricsBackend}
        hint={<AdapterHint info={props.info} off={off()} />}
      >
        {props.info.adapter ?? 'no WebGPU adapter'}
      </Hint>
      <DeviceStatus
        device={props.model.state.device}
        adapter={props.info.adapter}
        onCheck={() => void props.model.commands.checkDevice()}
      />
    </>
  );
}

function threads({ provider, threads: count }: EngineInfo): string | null {
  if (provider === 'webgpu') return null;
  return count === 1 ? '1 thread' : `${count} threads`;
}

function ProviderHint(props: { readonly info: EngineInfo }): JSX.Element {
  return (
    <>
      <strong class="hint-title">
        The network runs on {props.info.provider === 'webgpu' ? 'WebGPU' : 'WebAssembly'}
      </strong>
      <p>Why: {props.info.reason}</p>
    </>
  );
}

function AdapterHint(props: {
  readonly info: EngineInfo;
  /** The check found this adapter's numbers to be off. */
  readonly off: boolean;
}): JSX.Element {
  const onAdapter = () => props.info.metricsBackend === 'wgsl' && !props.off;
  return (
    <>
      <strong class="hint-title">
        {onAdapter()
          ? 'The metrics run in WGSL on this adapter'
          : 'The metrics run in the float64 reference'}
      </strong>
      <p>
        {props.off
          ? 'The check found numbers of this adapter to be off, so it measures nothing until it passes.'
          : props.info.softwareAdapter
            ? 'It is a software adapter: the numbers are the same, they only take longer.'
            : props.info.adapter === null
              ? 'This browser offers no WebGPU adapter. The numbers are the same, they only take longer.'
              : 'The graphics processor of this machine, through WebGPU.'}
      </p>
    </>
  );
}
