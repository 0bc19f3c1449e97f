/** How things look on a screen and in a pipe: tables, JSON that stays, ids only, progress. */
@NullMarked
package dev.ganger.cli.view;

import org.jspecify.annotations.NullMarked;
