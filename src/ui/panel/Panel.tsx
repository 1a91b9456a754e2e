import type { JSX } from 'solid-js';
import type { AppModel, CaseView, Role } from '../../app/model.ts';
import { HintsSection } from '../hints/HintsSection.tsx';
import { MethodsSection } from '../methods/MethodsSection.tsx';
import { MetricsSection } from '../metrics/MetricsSection.tsx';
import { RemarksSection } from '../remarks/RemarksSection.tsx';
import { copyViewLink } from '../viewer/link-state.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import { CardSection } from './CardSection.tsx';
import { ExportSection } from './ExportSection.tsx';
import { FilesSection } from './FilesSection.tsx';
import { LearnedSection } from './LearnedSection.tsx';
import { MaskSection } from './MaskSection.tsx';
import { StrengthSection } from './StrengthSection.tsx';
import './panel.css';

interface PanelProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
  readonly case: CaseView;
  readonly onAddFile: (role: Role) => void;
}

/** Everything about the current case that is not a picture, except its export. */
export function Panel(props: PanelProps): JSX.Element {
  return (
    <>
      <StrengthSection case={props.case} setStrength={props.model.commands.setStrength} />
      <CardSection
        case={props.case}
        strengthSettled={props.model.commands.strengthSettled}
        notify={props.model.commands.notify}
      />
      <MetricsSection
        model={props.model}
        case={props.case}
        onAddFile={() => props.onAddFile('gt')}
        onDraw={() => props.viewer.setDrawing(true)}
        onAlign={() => props.viewer.setAligning(true)}
      />
      <HintsSection model={props.model} viewer={props.viewer} case={props.case} />
      <RemarksSection
        model={props.model}
        case={props.case}
        say={props.viewer.say}
        onLink={() => void copyViewLink(props.model, props.viewer)}
      />
      <MethodsSection model={props.model} viewer={props.viewer} case={props.case} />
      <MaskSection
        model={props.model}
        case={props.case}
        tool={props.viewer.mask}
        onAddFile={() => props.onAddFile('mask')}
      />
      <LearnedSection
        metrics={props.model.state.learnedMetrics}
        onRemove={(id) => void props.model.commands.removeLearnedMetric(id)}
      />
      <FilesSection
        case={props.case}
        onAddFile={props.onAddFile}
        onRemove={(role) => void props.model.commands.removePicture(props.case.id, role)}
        onRemoveRegionMask={(region) =>
          void props.model.commands.removeRegionMask(props.case.id, region)
        }
        onRemoveCase={() => void props.model.commands.removeCase(props.case.id)}
      />
    </>
  );
}

/** Download and share for the current case: on top of the panel, or compact beside a handle. */
export function Export(
  props: Pick<PanelProps, 'model' | 'viewer' | 'case'> & { compact: boolean },
) {
  return (
    <ExportSection
      ready={props.case.output !== null}
      compact={props.compact}
      outputFile={props.model.commands.outputFile}
      notify={props.model.commands.notify}
      onFigure={() => props.viewer.say.open({ kind: 'figure' })}
    />
  );
}
