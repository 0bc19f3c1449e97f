/** The rules of the house as tests, shared by all modules: a module's HouseTest runs them on its own classes and sources. */
@NullMarked
package dev.ganger.house;

import org.jspecify.annotations.NullMarked;
