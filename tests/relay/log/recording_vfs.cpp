#include "relay/log/recording_vfs.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

#include <cstring>
#include <utility>

namespace longcode::tests {

namespace {

constexpr qint64 sector = 512;

Recording *theRecording = nullptr;
sqlite3_vfs *realVfs = nullptr;

struct RecordedFile {
    sqlite3_file base;
    QString *name;
    sqlite3_file *real;
};

RecordedFile *own(sqlite3_file *file) {
    return reinterpret_cast<RecordedFile *>(file);
}

sqlite3_file *realOf(sqlite3_file *file) {
    return own(file)->real;
}

int closeFile(sqlite3_file *file) {
    const int code = realOf(file)->pMethods->xClose(realOf(file));
    delete own(file)->name;
    return code;
}

int readFile(sqlite3_file *file, void *to, int bytes, sqlite3_int64 offset) {
    return realOf(file)->pMethods->xRead(realOf(file), to, bytes, offset);
}

int writeFile(sqlite3_file *file, const void *from, int bytes, sqlite3_int64 offset) {
    const int code = realOf(file)->pMethods->xWrite(realOf(file), from, bytes, offset);
    if (code == SQLITE_OK)
        theRecording->add({Recording::Kind::Write, *own(file)->name, offset,
                           QByteArray(static_cast<const char *>(from), bytes)});
    return code;
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size) {
    const int code = realOf(file)->pMethods->xTruncate(realOf(file), size);
    if (code == SQLITE_OK)
        theRecording->add({Recording::Kind::Truncate, *own(file)->name, size, {}});
    return code;
}

int syncFile(sqlite3_file *file, int flags) {
    const int code = realOf(file)->pMethods->xSync(realOf(file), flags);
    if (code == SQLITE_OK)
        theRecording->add({Recording::Kind::Sync, *own(file)->name, 0, {}});
    return code;
}

const sqlite3_io_methods &recordedMethods() {
    static const sqlite3_io_methods methods{
        .iVersion = 2, // no memory maps: writes through one would not be seen here
        .xClose = closeFile,
        .xRead = readFile,
        .xWrite = writeFile,
        .xTruncate = truncateFile,
        .xSync = syncFile,
        .xFileSize = [](sqlite3_file *f,
                        sqlite3_int64 *size) { return realOf(f)->pMethods->xFileSize(realOf(f), size); },
        .xLock = [](sqlite3_file *f, int lock) { return realOf(f)->pMethods->xLock(realOf(f), lock); },
        .xUnlock = [](sqlite3_file *f, int lock) { return realOf(f)->pMethods->xUnlock(realOf(f), lock); },
        .xCheckReservedLock =
            [](sqlite3_file *f, int *out) { return realOf(f)->pMethods->xCheckReservedLock(realOf(f), out); },
        .xFileControl = [](sqlite3_file *f, int op,
                           void *arg) { return realOf(f)->pMethods->xFileControl(realOf(f), op, arg); },
        .xSectorSize = [](sqlite3_file *f) { return realOf(f)->pMethods->xSectorSize(realOf(f)); },
        // Nothing is promised about writes that are under way when the power goes.
        .xDeviceCharacteristics = [](sqlite3_file *) { return 0; },
        .xShmMap =
            [](sqlite3_file *f, int page, int size, int extend, void volatile **out) {
                return realOf(f)->pMethods->xShmMap(realOf(f), page, size, extend, out);
            },
        .xShmLock = [](sqlite3_file *f, int offset, int n,
                       int flags) { return realOf(f)->pMethods->xShmLock(realOf(f), offset, n, flags); },
        .xShmBarrier = [](sqlite3_file *f) { realOf(f)->pMethods->xShmBarrier(realOf(f)); },
        .xShmUnmap = [](sqlite3_file *f,
                        int deletes) { return realOf(f)->pMethods->xShmUnmap(realOf(f), deletes); },
        .xFetch = nullptr,
        .xUnfetch = nullptr,
    };
    return methods;
}

int openFile(sqlite3_vfs *, const char *path, sqlite3_file *file, int flags, int *outFlags) {
    auto *recorded = own(file);
    recorded->real = reinterpret_cast<sqlite3_file *>(recorded + 1);
    const int code = realVfs->xOpen(realVfs, path, recorded->real, flags, outFlags);
    recorded->base.pMethods = nullptr;
    if (code != SQLITE_OK || !recorded->real->pMethods)
        return code;
    recorded->name = new QString(path ? QFileInfo(QFile::decodeName(path)).fileName() : QString());
    recorded->base.pMethods = &recordedMethods();
    return code;
}

int removeFile(sqlite3_vfs *, const char *path, int syncsFolder) {
    const int code = realVfs->xDelete(realVfs, path, syncsFolder);
    if (code == SQLITE_OK)
        theRecording->add({syncsFolder ? Recording::Kind::RemoveForGood : Recording::Kind::Remove,
                           QFileInfo(QFile::decodeName(path)).fileName(),
                           0,
                           {}});
    return code;
}

} // namespace

Recording &Recording::install() {
    static Recording recording;
    static sqlite3_vfs vfs;
    if (theRecording)
        return recording;
    theRecording = &recording;
    realVfs = sqlite3_vfs_find(nullptr);
    vfs = *realVfs;
    vfs.zName = "recording";
    vfs.szOsFile = static_cast<int>(sizeof(RecordedFile)) + realVfs->szOsFile;
    vfs.xOpen = openFile;
    vfs.xDelete = removeFile;
    sqlite3_vfs_register(&vfs, 1);
    return recording;
}

void Recording::add(Operation operation) {
    const std::lock_guard lock(m_mutex);
    m_operations.push_back(std::move(operation));
}

std::size_t Recording::size() {
    const std::lock_guard lock(m_mutex);
    return m_operations.size();
}

std::vector<Recording::Operation> Recording::take() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_operations, {});
}

void Disk::apply(File &file, const Recording::Operation &operation) {
    QByteArray &content = file.synced;
    if (operation.kind == Recording::Kind::Truncate) {
        content.truncate(qMin(content.size(), qsizetype(operation.offset)));
        return;
    }
    file.exists = operation.kind == Recording::Kind::Write;
    if (!file.exists) {
        content.clear();
        return;
    }
    const qsizetype end = operation.offset + operation.data.size();
    if (content.size() < end)
        content.append(QByteArray(end - content.size(), '\0'));
    std::memcpy(content.data() + operation.offset, operation.data.constData(),
                static_cast<std::size_t>(operation.data.size()));
}

/// Some of the write's sectors.
void Disk::tear(File &file, const Recording::Operation &operation, std::mt19937 &random) {
    for (qint64 at = 0; at < operation.data.size(); at += sector) {
        if (random() % 2 == 0)
            apply(file, {operation.kind, {}, operation.offset + at, operation.data.mid(at, sector)});
    }
}

void Disk::runTo(std::size_t count) {
    for (; m_done < count; ++m_done) {
        const Recording::Operation &operation = m_operations[m_done];
        File &file = m_files[operation.file];
        const bool settles =
            operation.kind == Recording::Kind::Sync || operation.kind == Recording::Kind::RemoveForGood;
        if (operation.kind != Recording::Kind::Sync)
            file.pending.push_back(&operation);
        if (!settles)
            continue;
        for (const Recording::Operation *pending : file.pending)
            apply(file, *pending);
        file.pending.clear();
    }
}

Disk::File Disk::afterCut(const File &before, std::mt19937 &random) {
    File file{before.exists, before.synced, {}};
    for (const Recording::Operation *pending : before.pending) {
        const auto fate = random() % 3;
        if (fate == 0)
            apply(file, *pending);
        else if (pending->kind == Recording::Kind::Remove)
            break; // what came after went into a new file of that name, which is not there either
        else if (fate == 1 && pending->kind == Recording::Kind::Write)
            tear(file, *pending, random);
    }
    return file;
}

bool Disk::writeAfterCut(const QString &folder, std::mt19937 &random) const {
    for (auto known = m_files.cbegin(); known != m_files.cend(); ++known) {
        const File file = afterCut(*known, random);
        if (!file.exists)
            continue;
        QFile out(QDir(folder).filePath(known.key()));
        if (!out.open(QIODevice::WriteOnly) || out.write(file.synced) != file.synced.size())
            return false;
    }
    return true;
}

} // namespace longcode::tests
