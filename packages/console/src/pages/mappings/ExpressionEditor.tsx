import {
  autocompletion,
  type Completion as CodeCompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { linter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { useEffect, useId, useRef } from 'react';
import { complete, marksOf, type Suggestion } from './expression-support.ts';

interface ExpressionEditorProps {
  readonly label: string;
  readonly value: string;
  /** Source attributes to offer. */
  readonly attributes: readonly string[];
  readonly onValue: (value: string) => void;
}

/** An editor of the expression language: completion from the function registry, faults underlined where they are. */
export function ExpressionEditor({ label, value, attributes, onValue }: ExpressionEditorProps) {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef({ attributes, onValue });
  latest.current = { attributes, onValue };
  const start = useRef(value);
  useEffect(() => {
    const parent = place.current;
    if (parent === null) return undefined;
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: start.current,
        extensions: extensionsOf({
          labelId: id,
          attributes: () => latest.current.attributes,
          onText: (text) => latest.current.onValue(text),
        }),
      }),
    });
    return () => view.destroy();
  }, [id]);
  return (
    <div className="grid gap-1">
      <span id={id} className="font-medium">
        {label}
      </span>
      <div ref={place} className="control p-0" />
    </div>
  );
}

interface EditorParts {
  readonly labelId: string;
  readonly attributes: () => readonly string[];
  readonly onText: (text: string) => void;
}

function extensionsOf({ labelId, attributes, onText }: EditorParts) {
  return [
    EditorView.cspNonce.of(document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-labelledby': labelId }),
    THEME,
    history(),
    bracketMatching(),
    placeholder('Join(" ", [givenName], [surname])'),
    autocompletion({ override: [(context) => completionsAt(context, attributes())] }),
    linter((view) => [...marksOf(view.state.doc.toString())], { delay: 200 }),
    // Tab leaves the editor, as it leaves every other field.
    keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onText(update.state.doc.toString());
    }),
  ];
}

function completionsAt(context: CompletionContext, attributes: readonly string[]): CompletionResult | null {
  const found = complete(context.state.sliceDoc(0, context.pos), attributes);
  return found === undefined
    ? null
    : { from: found.from, options: found.suggestions.map(toOption), validFor: /^[\w.]*$/ };
}

function toOption({ label, kind, detail, info, text, cursor }: Suggestion): CodeCompletion {
  return {
    label,
    type: kind === 'function' ? 'function' : 'variable',
    detail,
    ...(info === '' ? {} : { info }),
    apply: (view, _completion, from, to) => {
      // A closing bracket that is there already is not written twice.
      const next = view.state.sliceDoc(to, to + 1);
      const end = text.endsWith(next) && next !== '' ? to + 1 : to;
      view.dispatch({ changes: { from, to: end, insert: text }, selection: { anchor: from + cursor } });
    },
  };
}

const THEME = EditorView.theme({
  '&': { color: 'var(--color-text)', backgroundColor: 'transparent', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: '2px solid var(--color-accent)', outlineOffset: '2px', borderRadius: '0.25rem' },
  '.cm-content': { fontFamily: 'var(--font-mono)', minHeight: '4.5rem', caretColor: 'var(--color-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--color-text)' },
  '.cm-placeholder': { color: 'var(--color-muted)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--color-surface)',
    color: 'var(--color-text)',
    border: '1px solid var(--color-border)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--color-accent-soft)',
    color: 'var(--color-text)',
  },
  '.cm-completionDetail': { color: 'var(--color-muted)' },
});
