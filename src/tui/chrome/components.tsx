/** The components around the panes. They draw the lines they are given; what is in them was decided elsewhere. */
import { Box, Text } from 'ink';
import { dimStyle, type Line, span, spread } from '../../tui/text/line.ts';
import type { Theme } from '../../tui/theme.ts';
import { overlayFrame, type PlacedOverlay } from './chrome.ts';

/** One row; an empty one keeps its height. */
function Row({ line, theme }: { readonly line: Line; readonly theme: Theme }) {
  return <Text wrap="truncate">{theme.text(line) || ' '}</Text>;
}

interface RowsProps {
  readonly lines: readonly Line[];
  readonly theme: Theme;
  readonly cols: number;
  readonly rows: number;
}

/** Rows below each other in a fixed place. */
export function Rows({ lines, theme, cols, rows }: RowsProps) {
  return (
    <Box flexDirection="column" width={cols} height={rows} overflow="hidden">
      {lines.slice(0, rows).map((line, index) => (
        // Rows have no identity of their own: the place is what stays.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Row key={index} line={line} theme={theme} />
      ))}
    </Box>
  );
}

/** A box over the panes: title, text, keys. */
export function Overlay({ overlay, theme }: { readonly overlay: PlacedOverlay; readonly theme: Theme }) {
  const { content, region, rows, top } = overlay;
  const width = region.cols - overlayFrame.cols;
  const where: Line = overlay.position === '' ? [] : [span(overlay.position, dimStyle)];
  return (
    <Box flexDirection="column" width={region.cols} height={region.rows} borderStyle="round" paddingX={2}>
      <Row line={[span(content.title, { bold: true })]} theme={theme} />
      <Box marginY={1}>
        <Rows lines={content.lines.slice(top, top + rows)} theme={theme} cols={width} rows={rows} />
      </Box>
      <Row line={spread(content.keys, where, width)} theme={theme} />
    </Box>
  );
}
