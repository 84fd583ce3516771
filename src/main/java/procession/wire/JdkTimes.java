package procession.wire;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Output;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * How the types of {@code java.time} are written. Kryo has these too; its own loses which of the two a time is in the hour that comes
 * twice a year.
 */
final class JdkTimes {

    private JdkTimes() {}

    /** For a class by its name; null for any other. */
    static Serializer<?> of(String name) {
        return switch (name) {
            case "java.time.Instant" -> Value.<Instant>of((out, v) -> {
                out.writeVarLong(v.getEpochSecond(), false);
                out.writeInt(v.getNano());
            }, in -> Instant.ofEpochSecond(in.readVarLong(false), in.readInt()));
            case "java.time.Duration" -> Value.<Duration>of((out, v) -> {
                out.writeVarLong(v.getSeconds(), false);
                out.writeInt(v.getNano());
            }, in -> Duration.ofSeconds(in.readVarLong(false), in.readInt()));
            case "java.time.LocalDate" -> Value.<LocalDate>of(JdkTimes::write, JdkTimes::date);
            case "java.time.LocalTime" -> Value.<LocalTime>of(JdkTimes::write, JdkTimes::time);
            case "java.time.LocalDateTime" -> Value.<LocalDateTime>of(JdkTimes::write, JdkTimes::dateTime);
            case "java.time.OffsetTime" -> Value.<OffsetTime>of((out, v) -> {
                write(out, v.toLocalTime());
                write(out, v.getOffset());
            }, in -> OffsetTime.of(time(in), offset(in)));
            case "java.time.OffsetDateTime" -> Value.<OffsetDateTime>of((out, v) -> {
                write(out, v.toLocalDateTime());
                write(out, v.getOffset());
            }, in -> OffsetDateTime.of(dateTime(in), offset(in)));
            case "java.time.ZonedDateTime" -> Value.<ZonedDateTime>of((out, v) -> {
                write(out, v.toLocalDateTime());
                write(out, v.getOffset());
                out.writeString(v.getZone().getId());
            }, in -> ZonedDateTime.ofInstant(dateTime(in), offset(in), ZoneId.of(in.readString())));
            case "java.time.Year" -> Value.<Year>of((out, v) -> out.writeInt(v.getValue()), in -> Year.of(in.readInt()));
            case "java.time.YearMonth" -> Value.<YearMonth>of((out, v) -> {
                out.writeInt(v.getYear());
                out.writeByte(v.getMonthValue());
            }, in -> YearMonth.of(in.readInt(), in.readByte()));
            case "java.time.MonthDay" -> Value.<MonthDay>of((out, v) -> {
                out.writeByte(v.getMonthValue());
                out.writeByte(v.getDayOfMonth());
            }, in -> MonthDay.of(in.readByte(), in.readByte()));
            case "java.time.Period" -> Value.<Period>of((out, v) -> {
                out.writeInt(v.getYears());
                out.writeInt(v.getMonths());
                out.writeInt(v.getDays());
            }, in -> Period.of(in.readInt(), in.readInt(), in.readInt()));
            case "java.time.ZoneOffset" -> Value.<ZoneOffset>of(JdkTimes::write, JdkTimes::offset);
            case "java.time.ZoneRegion" -> Value.<ZoneId>text(ZoneId::getId, ZoneId::of);
            default -> null;
        };
    }

    private static void write(Output out, LocalDate date) {
        out.writeVarLong(date.toEpochDay(), false);
    }

    private static LocalDate date(GuardedInput in) {
        return LocalDate.ofEpochDay(in.readVarLong(false));
    }

    private static void write(Output out, LocalTime time) {
        out.writeVarLong(time.toNanoOfDay(), true);
    }

    private static LocalTime time(GuardedInput in) {
        return LocalTime.ofNanoOfDay(in.readVarLong(true));
    }

    private static void write(Output out, LocalDateTime time) {
        write(out, time.toLocalDate());
        write(out, time.toLocalTime());
    }

    private static LocalDateTime dateTime(GuardedInput in) {
        return LocalDateTime.of(date(in), time(in));
    }

    private static void write(Output out, ZoneOffset offset) {
        out.writeVarInt(offset.getTotalSeconds(), false);
    }

    private static ZoneOffset offset(GuardedInput in) {
        return ZoneOffset.ofTotalSeconds(in.readVarInt(false));
    }
}
