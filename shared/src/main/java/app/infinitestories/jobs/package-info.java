/**
 * Level 2: the step engine's face towards pipelines. A pipeline reads top to bottom as
 * straight-line code; durability is in the engine.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.jobs;
