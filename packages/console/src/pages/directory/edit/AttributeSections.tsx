import type { DirectoryAttributeShape } from 'lockstep/admin-api/answers';
import type { ReactNode } from 'react';
import { Panel } from '../../../design/Panel.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { AddExtension } from './AddExtension.tsx';
import { AttributeField } from './AttributeField.tsx';
import { type AttributeSection, sectionsOf } from './attribute-sections.ts';
import type { EntryDraft } from './entry-draft.ts';
import { editPhrases } from './phrases.ts';

interface AttributeSectionsProps {
  readonly attributes: readonly DirectoryAttributeShape[];
  readonly draft: EntryDraft;
  readonly base: EntryDraft;
  /** What the server said is wrong, by attribute. */
  readonly faults: ReadonlyMap<string, string>;
  readonly onDraft: (draft: EntryDraft) => void;
  readonly onExtension: (name: string) => void;
}

/** Every attribute that can be written, in parts; extension attributes are folded away until one is used. */
export function AttributeSections({ attributes, onExtension, ...form }: AttributeSectionsProps) {
  const say = usePhrases(editPhrases);
  return sectionsOf(attributes).map((section) =>
    section.id === 'extensions' ? (
      <Panel key={section.id}>
        <details open={section.attributes.some(({ name }) => isUsed(name, form))}>
          <summary className="cursor-pointer font-semibold text-base">{say('extensions')}</summary>
          <div className="mt-3 grid gap-4">
            <Fields section={section} {...form} />
            <AddExtension taken={attributes.map(({ name }) => name)} onAdd={onExtension} />
          </div>
        </details>
      </Panel>
    ) : (
      <Panel key={section.id} title={say(section.id)}>
        <Fields section={section} {...form} />
      </Panel>
    ),
  );
}

type FieldsProps = Omit<AttributeSectionsProps, 'attributes' | 'onExtension'> & { readonly section: AttributeSection };

function Fields({ section, draft, base, faults, onDraft }: FieldsProps): ReactNode {
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      {section.attributes.map((attribute) => (
        <AttributeField
          key={attribute.name}
          attribute={attribute}
          value={draft[attribute.name] ?? ''}
          known={base[attribute.name] ?? ''}
          error={faults.get(attribute.name)}
          onValue={(value) => onDraft({ ...draft, [attribute.name]: value })}
        />
      ))}
    </div>
  );
}

function isUsed(name: string, { base, faults }: Pick<AttributeSectionsProps, 'base' | 'faults'>): boolean {
  return (base[name] ?? '') !== '' || faults.has(name);
}
