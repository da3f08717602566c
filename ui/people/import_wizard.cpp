#include "people/import_wizard.h"

#include "base/when_finished.h"
#include "people/verdict_model.h"
#include "settings/page_parts.h"
#include "style/console_style.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace longcode::people {

namespace {

enum Step : quint8 { FileStep, PreviewStep, ResultStep };
constexpr QSize wizardSize(760, 560);

QString inFigures(qint64 number) {
    return QLocale().toString(number);
}

void colour(QLabel *label, const QColor &ink) {
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, ink);
    label->setPalette(palette);
}

} // namespace

ImportWizard::ImportWizard(desk::AddressBook &book, const phone::Region &home, QWidget *parent)
    : QWizard(parent) {
    setObjectName(QStringLiteral("importWizard"));
    setWindowTitle(tr("Import contacts"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    setWizardStyle(QWizard::ClassicStyle);
    setTitleFormat(Qt::PlainText);
    setSubTitleFormat(Qt::PlainText);
    setOption(QWizard::NoBackButtonOnStartPage);
    setOption(QWizard::NoBackButtonOnLastPage);
    setOption(QWizard::NoCancelButtonOnLastPage);
    setButtonText(QWizard::CommitButton, tr("&Import"));
    setPage(FileStep, new ImportFilePage(this));
    auto *preview = new ImportPreviewPage(book, home, this);
    preview->setCommitPage(true);
    setPage(PreviewStep, preview);
    setPage(ResultStep, new ImportResultPage(book, this));
    for (const auto &[which, name] : {std::pair{QWizard::NextButton, "importNextButton"},
                                      std::pair{QWizard::CommitButton, "importCommitButton"},
                                      std::pair{QWizard::FinishButton, "importFinishButton"},
                                      std::pair{QWizard::BackButton, "importBackButton"},
                                      std::pair{QWizard::CancelButton, "importCancelButton"}})
        button(which)->setObjectName(QLatin1String(name));
    for (const QWizard::WizardButton which :
         {QWizard::NextButton, QWizard::CommitButton, QWizard::FinishButton})
        style::setButtonKind(button(which), style::ButtonKind::Primary);
    resize(wizardSize);
}

void ImportWizard::setFile(const QString &path) {
    static_cast<ImportFilePage *>(page(FileStep))->setPath(path);
}

void ImportWizard::reject() {
    if (currentId() == ResultStep && !currentPage()->isComplete())
        return;
    QWizard::reject();
}

ImportFilePage::ImportFilePage(QWidget *parent)
    : QWizardPage(parent), m_path(new QLineEdit(this)), m_problem(settings::mutedText({}, this)) {
    setTitle(tr("Choose a file"));
    setSubTitle(tr("A CSV file from a spreadsheet, or a vCard file (.vcf) from a phone or mail program. "
                   "Nothing is changed before you have seen what would happen."));
    m_path->setObjectName(QStringLiteral("importPath"));
    m_path->setAccessibleName(tr("File"));
    m_problem->setObjectName(QStringLiteral("importPathProblem"));
    auto *browse = new QPushButton(tr("&Browse…"), this);
    browse->setObjectName(QStringLiteral("importBrowseButton"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_path, 1);
    row->addWidget(browse);
    auto *column = new QVBoxLayout(this);
    column->addLayout(row);
    column->addWidget(m_problem);
    column->addStretch(1);
    registerField(QStringLiteral("path"), m_path);
    connect(browse, &QPushButton::clicked, this, &ImportFilePage::choose);
    connect(m_path, &QLineEdit::textChanged, this, &ImportFilePage::showWhetherThere);
}

void ImportFilePage::setPath(const QString &path) {
    m_path->setText(path);
}

QString ImportFilePage::path() const {
    return m_path->text().trimmed();
}

bool ImportFilePage::isComplete() const {
    return QFileInfo(path()).isFile();
}

void ImportFilePage::showWhetherThere() {
    m_problem->setText(path().isEmpty() || isComplete() ? QString()
                                                        : tr("There is no file of this name yet."));
    Q_EMIT completeChanged();
}

void ImportFilePage::choose() {
    auto *dialog = new QFileDialog(this, tr("Import contacts"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Contacts (*.csv *.tsv *.txt *.vcf *.vcard)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &ImportFilePage::setPath);
    dialog->open();
}

ImportPreviewPage::ImportPreviewPage(desk::AddressBook &book, const phone::Region &home, QWidget *parent)
    : QWizardPage(parent)
    , m_book(book)
    , m_home(home)
    , m_said(settings::wrappedText({}, this))
    , m_ended(settings::wrappedText({}, this))
    , m_busy(new QWidget(this))
    , m_progress(new QProgressBar(m_busy))
    , m_cancel(new QPushButton(tr("&Stop reading"), m_busy))
    , m_tabs(new QTabWidget(this)) {
    setTitle(tr("What would happen"));
    m_said->setObjectName(QStringLiteral("importTotals"));
    m_ended->setObjectName(QStringLiteral("importEnded"));
    m_progress->setObjectName(QStringLiteral("importProgress"));
    m_progress->setAccessibleName(tr("Reading the file"));
    m_cancel->setObjectName(QStringLiteral("importStopButton"));
    m_tabs->setObjectName(QStringLiteral("importTabs"));
    m_tabs->setDocumentMode(true); // no frame around a list
    auto *busyRow = new QHBoxLayout(m_busy);
    busyRow->setContentsMargins(0, 0, 0, 0);
    busyRow->addWidget(m_progress, 1);
    busyRow->addWidget(m_cancel);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_said);
    column->addWidget(m_ended);
    column->addWidget(m_busy);
    column->addWidget(m_tabs, 1);
    column->addStretch(0);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        stop();
        say(tr("Reading was stopped. Go back to choose a file."));
    });
}

ImportPreviewPage::~ImportPreviewPage() {
    m_reading.cancel();
}

bool ImportPreviewPage::isComplete() const {
    return m_isReady;
}

void ImportPreviewPage::initializePage() {
    m_isReady = false;
    const int attempt = ++m_attempt;
    m_tabs->clear();
    m_tabs->hide();
    m_ended->hide();
    m_busy->show();
    m_progress->setRange(0, 100);
    m_progress->setValue(0);
    say(tr("Reading the file…"));
    m_reading = m_book.preview(field(QStringLiteral("path")).toString().trimmed());
    auto *watcher = new QFutureWatcher<Result<desk::ImportPreview, Failure>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, m_progress, &QProgressBar::setValue);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, attempt] {
        watcher->deleteLater();
        if (attempt != m_attempt || watcher->future().resultCount() == 0)
            return;
        const Result<desk::ImportPreview, Failure> answer = watcher->result();
        m_busy->hide();
        if (answer)
            show(*answer);
        else
            say(settings::inOneLine(answer.error()));
    });
    watcher->setFuture(m_reading);
}

void ImportPreviewPage::cleanupPage() {
    stop();
}

void ImportPreviewPage::stop() {
    ++m_attempt;
    m_reading.cancel();
    m_busy->hide();
}

void ImportPreviewPage::say(const QString &sentence) {
    m_said->setText(sentence);
    Q_EMIT completeChanged();
}

void ImportPreviewPage::show(const desk::ImportPreview &preview) {
    const contacts::ImportTotals &totals = preview.totals;
    const qint64 taken = totals.rows() - totals.refused;
    m_isReady = taken > 0;
    m_ended->setText(preview.whyEnded);
    m_ended->setVisible(!preview.whyEnded.isEmpty());
    colour(m_ended, style::tokensFor(this).warn);
    m_tabs->show();
    addTab(tr("Ready"), QStringLiteral("importParsed"), totals.parsed, preview.parsed);
    addTab(tr("Mended"), QStringLiteral("importMended"), totals.mended, preview.mended);
    addTab(tr("Merged"), QStringLiteral("importMerged"), totals.merged, preview.merged);
    addTab(tr("Refused"), QStringLiteral("importRefused"), totals.refused, preview.refused);
    const QString file = style::isolated(preview.fileName);
    if (taken == 0)
        say(tr("Nothing in %1 can be taken over. “Refused” says why.").arg(file));
    else
        say(tr("%1 (%2) holds %3 rows: %4 would be added or joined, %5 refused.")
                .arg(file, preview.encoding, inFigures(totals.rows()), inFigures(taken),
                     inFigures(totals.refused)));
}

void ImportPreviewPage::addTab(const QString &label, const QString &objectName, qint64 total,
                               const QList<contacts::RowVerdict> &rows) {
    auto *tab = new QWidget(m_tabs);
    auto *column = new QVBoxLayout(tab);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *table = new QTableView(tab);
    table->setObjectName(objectName);
    table->setAccessibleName(label);
    table->setFrameShape(QFrame::NoFrame);
    table->setModel(new VerdictModel(rows, m_home, table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->viewport()->setBackgroundRole(QPalette::Window); // the surface of the dialog
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    QHeaderView *header = table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    const QFontMetrics metrics = table->fontMetrics();
    table->setColumnWidth(VerdictModel::Line, metrics.horizontalAdvance(QStringLiteral("9,999,999 ")) + 16);
    table->setColumnWidth(VerdictModel::Name, 26 * metrics.averageCharWidth());
    table->setColumnWidth(VerdictModel::Numbers, 22 * metrics.averageCharWidth());
    column->addWidget(table, 1);
    if (total > rows.size())
        column->addWidget(
            settings::mutedText(tr("The first %1 are listed.").arg(inFigures(rows.size())), tab));
    m_tabs->addTab(tab, QStringLiteral("%1 %2").arg(label, inFigures(total)));
}

ImportResultPage::ImportResultPage(desk::AddressBook &book, QWidget *parent)
    : QWizardPage(parent)
    , m_book(book)
    , m_said(settings::wrappedText({}, this))
    , m_busy(new QProgressBar(this))
    , m_undo(new QPushButton(tr("&Undo this import"), this)) {
    setTitle(tr("Import"));
    setFinalPage(true);
    m_said->setObjectName(QStringLiteral("importResult"));
    m_busy->setAccessibleName(tr("Importing"));
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_undo->setObjectName(QStringLiteral("importUndoButton"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_said);
    column->addWidget(m_busy);
    column->addWidget(m_undo, 0, Qt::AlignLeading);
    column->addStretch(1);
    connect(m_undo, &QPushButton::clicked, this, &ImportResultPage::undo);
}

void ImportResultPage::initializePage() {
    m_isOver = false;
    m_busy->show();
    m_undo->hide();
    m_said->setText(tr("Taking the contacts over…"));
    const QString path = field(QStringLiteral("path")).toString().trimmed();
    whenFinished(m_book.import(path), this, [this](const Result<contacts::ImportTotals, Failure> &answer) {
        m_isOver = true;
        m_busy->hide();
        if (answer) {
            const qint64 added = answer->parsed + answer->mended;
            m_said->setText(
                tr("%1 contacts were added, %2 rows joined contacts that were there, %3 rows were "
                   "refused.")
                    .arg(inFigures(added), inFigures(answer->merged), inFigures(answer->refused)));
            m_undo->setVisible(!m_book.undoable().isEmpty());
        } else {
            m_said->setText(tr("Nothing was imported. %1").arg(settings::inOneLine(answer.error())));
        }
        Q_EMIT completeChanged();
    });
}

void ImportResultPage::undo() {
    m_undo->setEnabled(false);
    m_busy->show();
    whenFinished(m_book.undoLast(), this, [this](const Result<QString, Failure> &answer) {
        m_busy->hide();
        m_undo->setEnabled(true);
        m_undo->setVisible(!answer);
        m_said->setText(answer ? *answer : settings::inOneLine(answer.error()));
    });
}

} // namespace longcode::people
