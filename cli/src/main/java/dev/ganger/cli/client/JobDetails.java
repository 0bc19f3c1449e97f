package dev.ganger.cli.client;

import dev.ganger.model.Job;
import dev.ganger.model.JobSpec;

/** A job as it stands, and how its tasks are run. */
public record JobDetails(Job job, JobSpec spec) {}
