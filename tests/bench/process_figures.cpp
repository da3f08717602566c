#include "bench/process_figures.h"

#include <QFile>

#include <unistd.h>

namespace longcode::bench {

double cpuMicroseconds(qint64 process) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray stat = file.readAll();
    const QByteArrayList fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return double(fields.value(11).toLongLong() + fields.value(12).toLongLong()) * 1e6 /
           double(::sysconf(_SC_CLK_TCK));
}

double pssMib(qint64 process) {
    QFile file(QStringLiteral("/proc/%1/smaps_rollup").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("Pss:"))
            return double(line.mid(4).trimmed().split(' ').value(0).toLongLong()) / 1024;
    }
    return 0;
}

} // namespace longcode::bench
