package app.infinitestories.functions.api.stores;

import app.infinitestories.purchases.ReceiveDelivery;
import app.infinitestories.purchases.apple.AppleSignatures;
import app.infinitestories.purchases.apple.ReadNotification;
import java.util.Optional;
import java.util.function.Supplier;

/** What lets Apple's notifications in, and what takes them. */
public record AppleDoor(
    Supplier<Optional<AppleSignatures>> signatures, ReadNotification read, ReceiveDelivery inbox) {}
