package app.infinitestories.functions.api.stores;

import app.infinitestories.purchases.revenuecat.ProveWebhook;
import app.infinitestories.purchases.revenuecat.ReceiveWebhook;

/** What lets RevenueCat's webhooks in, and what takes them. */
public record RevenueCatDoor(ProveWebhook prove, ReceiveWebhook receive) {}
