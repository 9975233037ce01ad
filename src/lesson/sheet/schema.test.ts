import { expect, test } from 'vitest';
import { courseJsonSchema } from './course-shape.ts';
import { hostJsonSchema } from './host-shape.ts';
import { lessonJsonSchema } from './lesson-shape.ts';
import type { JsonSchema } from './shape.ts';

function published(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

test('the published schema of lesson.yaml is the one in the code (write it anew with: npx vitest -u run src/lesson/sheet)', async () => {
  await expect(published(lessonJsonSchema())).toMatchFileSnapshot('../../../schema/lesson.schema.json');
});

test('the published schema of host.yaml is the one in the code', async () => {
  await expect(published(hostJsonSchema())).toMatchFileSnapshot('../../../schema/host.schema.json');
});

test('the published schema of course.yaml is the one in the code', async () => {
  await expect(published(courseJsonSchema())).toMatchFileSnapshot('../../../schema/course.schema.json');
});
