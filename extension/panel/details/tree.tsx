import { useState } from 'preact/hooks';
import type { Json } from '../../../shared/event/event.ts';
import { usePanel } from '../parts/context.ts';
import { Icon } from '../parts/icon.tsx';
import { type Branch, isBranch, nodeOf, type TreeNode, within } from '../text/tree.ts';
import { visible } from '../text/visible.ts';
import { LongText } from './long-text.tsx';
import { Section } from './section.tsx';

/** Nodes of one level that are shown at once. */
const PAGE = 100;
/** A level opens by itself while it is near the top and small. */
const DEPTH_OPEN = 2;
const SIZE_OPEN = 20;

interface TreeSectionProps {
  name: string;
  value: Json;
  isOpen?: boolean;
}

/** Parameters as a tree. */
export function TreeSection({ name, value, isOpen = false }: TreeSectionProps) {
  const { texts } = usePanel();
  const node = nodeOf(value);
  const isNothing = value === null || value === '' || (isBranch(node) && node.size === 0);
  return (
    <Section name={name} note={isNothing ? texts.none : <Size node={node} />} isOpen={isOpen && !isNothing}>
      {isBranch(node) ? (
        <Level branch={node} depth={1} />
      ) : (
        <ul class="tree">
          <LeafItem node={node} />
        </ul>
      )}
    </Section>
  );
}

function Level({ branch, depth }: { branch: Branch; depth: number }) {
  const { texts, number } = usePanel();
  const [most, setMost] = useState(PAGE);
  const { value, size } = branch;
  return (
    <ul class={depth === 1 ? 'tree' : ''}>
      {within(value, most).map((child, i) =>
        isBranch(child) && child.size > 0 ? (
          <BranchItem key={i} node={child} depth={depth} />
        ) : (
          <LeafItem key={i} node={child} />
        ),
      )}
      {size > most && (
        <li>
          <button type="button" class="link" onClick={() => setMost(most + PAGE)}>
            {texts.showMore(number(Math.min(PAGE, size - most)))}
          </button>
        </li>
      )}
    </ul>
  );
}

function BranchItem({ node, depth }: { node: Branch; depth: number }) {
  const [isOpen, setOpen] = useState(depth < DEPTH_OPEN && node.size <= SIZE_OPEN);
  return (
    <li>
      <button type="button" class="branch" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} look="s" />
        {node.name !== undefined && (
          <bdi dir="auto" class="p">
            {visible(node.name)}
          </bdi>
        )}
        <span class="k3">
          <Size node={node} />
        </span>
      </button>
      {isOpen && <Level branch={node} depth={depth + 1} />}
    </li>
  );
}

/** A node with nothing below it. */
function LeafItem({ node }: { node: TreeNode }) {
  return (
    <li>
      <Name node={node} />
      <Value node={node} />
    </li>
  );
}

function Value({ node }: { node: TreeNode }) {
  const { texts } = usePanel();
  if (isBranch(node)) {
    return (
      <span class="k3">
        <Size node={node} />
      </span>
    );
  }
  if (node.kind === 'redacted') return <span class="red">{texts.redacted(node.of)}</span>;
  return (
    <span class={node.kind === 'text' ? 'str' : 'num'}>
      <LongText text={node.kind === 'text' ? JSON.stringify(node.text) : node.text} />
    </span>
  );
}

function Name({ node }: { node: TreeNode }) {
  if (node.name === undefined) return null;
  return (
    <>
      <bdi dir="auto" class="p">
        {visible(node.name)}
      </bdi>
      {': '}
    </>
  );
}

function Size({ node }: { node: TreeNode }) {
  const { texts, number } = usePanel();
  if (node.kind === 'object') return <>{texts.fields(node.size, number(node.size))}</>;
  return node.kind === 'list' ? <>{texts.items(node.size, number(node.size))}</> : null;
}
